/** What was seen of a kiln lately, as a line; broken where nothing is known. */
import { useEffect, useState } from "react";
import { useUnits } from "../live/viewer";
import { useWords } from "../words/use";
import { desk, type PastPoint } from "./desk";
import { deskWords } from "./words";

const LOOK_MS = 10_000;
const WIDE = 300;
const HIGH = 64;

export function Past({ kiln }: { kiln: number }) {
  const words = useWords(deskWords);
  const units = useUnits();
  const [points, show] = useState<PastPoint[]>([]);
  useEffect(() => {
    const look = () => desk.past(kiln).then(show, () => {});
    look();
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, [kiln]);
  const temps = points.map((point) => point.temp_c).filter((temp) => temp !== null);
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || temps.length < 2) return <div className="tile-past" />;
  return (
    <svg
      className="tile-past"
      viewBox={`0 0 ${WIDE} ${HIGH}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={words.past(units.clock(first.at_ms), units.clock(last.at_ms))}
    >
      <path d={lineOf(points)} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}

/** The line through the points, in the room of the picture: never across a gap, and flat when nothing changes. */
export function lineOf(points: readonly PastPoint[], wide = WIDE, high = HIGH): string {
  const temps = points.map((point) => point.temp_c).filter((temp) => temp !== null);
  const [from, to] = [points[0]?.at_ms ?? 0, points.at(-1)?.at_ms ?? 0];
  const [low, top] = [Math.min(...temps), Math.max(...temps)];
  // Less than 20 degrees is drawn as little as it is.
  const span = Math.max(top - low, 20);
  const base = (low + top - span) / 2;
  let path = "";
  let pen = "M";
  for (const { at_ms, temp_c, after_gap } of points) {
    if (after_gap || temp_c === null) pen = "M";
    if (temp_c === null) continue;
    const x = (wide * (at_ms - from)) / Math.max(1, to - from);
    const y = high - (high * (temp_c - base)) / span;
    path += `${pen}${x.toFixed(1)} ${y.toFixed(1)}`;
    pen = "L";
  }
  return path;
}
