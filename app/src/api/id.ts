/** A name nobody else has. `crypto.randomUUID` is not there on plain HTTP; `getRandomValues` is. */
export function freshId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
