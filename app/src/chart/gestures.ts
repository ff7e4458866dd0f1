/**
 * Two fingers or the wheel zoom along the time axis, one finger or a button drags it when it is zoomed. A page that is
 * not zoomed scrolls under the finger as ever.
 */

export interface View {
  from: number;
  to: number;
}

export interface Hand {
  /** Where the lines are, CSS pixels from the left of what is touched. */
  area(): { left: number; width: number };
  shown(): View;
  whole(): View;
  show(view: View | null): void;
  /** The cursor is there; null when it has left. */
  point(x: number | null): void;
}

/** Never closer than a minute. */
const CLOSEST_S = 60;

/** Lets a hand at an element; returns how to end that. */
export function gestures(over: HTMLElement, hand: Hand): () => void {
  const held = new Map<number, number>();
  let before: { view: View; middle: number; apart: number } | null = null;
  const ends = new AbortController();
  const { signal } = ends;

  const zoomed = () => {
    const [now, all] = [hand.shown(), hand.whole()];
    return now.to - now.from < (all.to - all.from) * 0.999;
  };
  const place = (event: MouseEvent) => event.clientX - over.getBoundingClientRect().left;
  const share = (x: number) => {
    const { left, width } = hand.area();
    return (x - left) / width;
  };
  const settle = (from: number, span: number) => {
    const all = hand.whole();
    if (span >= all.to - all.from) return hand.show(null);
    const begin = Math.min(Math.max(from, all.from), all.to - span);
    hand.show({ from: begin, to: begin + span });
  };
  const fingers = () => {
    const [first = 0, second = first] = held.values();
    return { middle: (first + second) / 2, apart: Math.abs(first - second) };
  };
  const begin = () => {
    before = { view: hand.shown(), ...fingers() };
  };
  const touches = () => {
    over.style.touchAction = zoomed() ? "none" : "pan-y pinch-zoom";
  };
  touches();

  over.addEventListener(
    "pointerdown",
    (event) => {
      held.set(event.pointerId, place(event));
      begin();
      if (held.size > 1 || zoomed()) over.setPointerCapture(event.pointerId);
    },
    { signal },
  );
  over.addEventListener(
    "pointermove",
    (event) => {
      hand.point(place(event));
      if (!held.has(event.pointerId) || !before) return;
      held.set(event.pointerId, place(event));
      if (held.size === 1 && !zoomed()) return;
      const { view, middle, apart } = before;
      const now = fingers();
      const scale = held.size > 1 && apart > 10 ? apart / Math.max(10, now.apart) : 1;
      const span = Math.max(CLOSEST_S, (view.to - view.from) * scale);
      settle(view.from + share(middle) * (view.to - view.from) - share(now.middle) * span, span);
    },
    { signal },
  );
  const end = (event: PointerEvent) => {
    held.delete(event.pointerId);
    before = null;
    if (held.size > 0) begin();
    touches();
  };
  over.addEventListener("pointerup", end, { signal });
  over.addEventListener("pointercancel", end, { signal });
  over.addEventListener("pointerleave", () => hand.point(null), { signal });
  over.addEventListener("dblclick", () => hand.show(null), { signal });
  over.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.shiftKey && !zoomed()) return;
      event.preventDefault();
      const view = hand.shown();
      const at = share(place(event));
      const span = Math.max(CLOSEST_S, (view.to - view.from) * (event.deltaY > 0 ? 1.25 : 0.8));
      settle(view.from + at * (view.to - view.from - span), span);
    },
    { signal, passive: false },
  );
  return () => ends.abort();
}
