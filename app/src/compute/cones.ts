/** The names of the cones, the softest first: the order in which kiln-core counts them. */
export const CONES = [
  ..."022 021 020 019 018 017 016 015 014 013 012 011 010 09 08 07 06 05 04 03 02 01".split(" "),
  ..."1 2 3 4 5 6 7 8 9 10 11 12 13".split(" "),
] as const;

export const coneAt = (index: number): string | undefined => CONES[index];

/** The cone that is nearest to what heat work has come to: the next one from half way on. */
export function nearestCone({ cone, beyond }: { cone: string; beyond: number }): string {
  const index = coneIndex(cone) ?? 0;
  return (beyond >= 0.5 ? coneAt(index + 1) : undefined) ?? cone;
}

export function coneIndex(name: string): number | undefined {
  const index = CONES.indexOf(name);
  return index < 0 ? undefined : index;
}
