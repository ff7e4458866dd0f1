/** Where a clock of a firing has its marks: at whole quarters and hours, not at 0.6 h. */

const MINUTE = 60;
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1440].map((minutes) => minutes * MINUTE);

/** The step between marks that leaves at most so many, s. */
export function timeStep(span: number, most: number): number {
  return STEPS.find((step) => span / step <= most) ?? Math.ceil(span / most / 86_400) * 86_400;
}

/** Marks of an axis in seconds; `offset` shifts them to whole hours of the day. */
export function timeSplits(from: number, to: number, most: number, offset = 0): number[] {
  const step = timeStep(to - from, Math.max(2, most));
  const marks: number[] = [];
  for (let at = Math.ceil((from + offset) / step) * step - offset; at <= to + 1e-6; at += step)
    marks.push(at);
  return marks;
}

const two = (value: number) => String(value).padStart(2, "0");

/** Seconds since the beginning, as `3:05`; before it, with a minus. */
export function elapsedSays(seconds: number): string {
  const minutes = Math.round(Math.abs(seconds) / MINUTE);
  return `${seconds < -30 ? "−" : ""}${Math.floor(minutes / 60)}:${two(minutes % 60)}`;
}
