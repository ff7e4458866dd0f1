/**
 * Two fingers or the wheel zoom along the time axis, one finger or a button drags it when it is zoomed. A page that is
 * not zoomed scrolls under the finger as ever.
 */
import type uPlot from "uplot";

export interface View {
  from: number;
  to: number;
}

interface Held {
  x: number;
}

/** Never closer than a minute. */
const CLOSEST_S = 60;

export function gestures(whole: () => View, show: (view: View | null) => void): uPlot.Plugin {
  const held = new Map<number, Held>();
  let chart: uPlot;
  let before: { view: View; middle: number; apart: number } | null = null;

  const shown = (): View => ({ from: chart.scales.x?.min ?? 0, to: chart.scales.x?.max ?? 1 });
  const zoomed = () => {
    const { from, to } = whole();
    const now = shown();
    return now.to - now.from < (to - from) * 0.999;
  };
  const at = (x: number, view: View) => view.from + (x / chart.over.clientWidth) * (view.to - view.from);
  const settle = (from: number, span: number) => {
    const all = whole();
    if (span >= all.to - all.from) return show(null);
    const begin = Math.min(Math.max(from, all.from), all.to - span);
    show({ from: begin, to: begin + span });
  };
  const begin = () => {
    const xs = [...held.values()].map(({ x }) => x);
    const [first = 0, second = first] = xs;
    before = { view: shown(), middle: (first + second) / 2, apart: Math.abs(first - second) };
  };
  const place = (event: PointerEvent | WheelEvent) => event.clientX - chart.over.getBoundingClientRect().left;

  return {
    hooks: {
      ready: (made) => {
        chart = made;
        const { over } = made;
        over.style.touchAction = "pan-y pinch-zoom";
        over.addEventListener("pointerdown", (event) => {
          held.set(event.pointerId, { x: place(event) });
          begin();
          if (held.size > 1 || zoomed()) over.setPointerCapture(event.pointerId);
        });
        over.addEventListener("pointermove", (event) => {
          if (!held.has(event.pointerId) || !before) return;
          held.set(event.pointerId, { x: place(event) });
          const [first = 0, second = first] = [...held.values()].map(({ x }) => x);
          const { view, middle, apart } = before;
          const span = view.to - view.from;
          const scale = held.size > 1 && apart > 10 ? apart / Math.max(10, Math.abs(first - second)) : 1;
          if (held.size === 1 && !zoomed()) return;
          const wide = Math.max(CLOSEST_S, span * scale);
          const now = (first + second) / 2;
          settle(at(middle, view) - (now / over.clientWidth) * wide, wide);
        });
        const end = (event: PointerEvent) => {
          held.delete(event.pointerId);
          if (held.size > 0) begin();
          else before = null;
          over.style.touchAction = zoomed() ? "none" : "pan-y pinch-zoom";
        };
        over.addEventListener("pointerup", end);
        over.addEventListener("pointercancel", end);
        over.addEventListener(
          "wheel",
          (event) => {
            if (!event.ctrlKey && !event.shiftKey && !zoomed()) return;
            event.preventDefault();
            const view = shown();
            const x = place(event);
            const wide = Math.max(CLOSEST_S, (view.to - view.from) * (event.deltaY > 0 ? 1.25 : 0.8));
            settle(at(x, view) - (x / over.clientWidth) * wide, wide);
          },
          { passive: false },
        );
        over.addEventListener("dblclick", () => show(null));
      },
    },
  };
}
