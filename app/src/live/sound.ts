/** The sound of an alarm: two tones, again every two seconds. A browser wants a touch before it lets a page be heard. */
import { store } from "./store";

/** Whether the browser has refused to be heard so far. */
export const muted = store(false);

let context: AudioContext | null = null;
let timer: ReturnType<typeof setInterval> | null = null;

const TONES = [880, 660];
const EVERY_MS = 2000;

/** Lets sound be heard from now on; call it when somebody touches the page. */
export function allowSound(): void {
  if (typeof AudioContext === "undefined") return;
  context ??= new AudioContext();
  void context.resume().then(() => muted.set(context?.state !== "running"));
}

export function startAlarm(): void {
  if (timer !== null) return;
  allowSound();
  ring();
  timer = setInterval(ring, EVERY_MS);
}

export function endAlarm(): void {
  if (timer !== null) clearInterval(timer);
  timer = null;
}

/** One ring: as an alarm, or to hear what one is like. */
export function ring(): void {
  navigator.vibrate?.([200, 100, 200]);
  if (context?.state !== "running") {
    muted.set(true);
    return;
  }
  muted.set(false);
  for (const [index, tone] of TONES.entries()) beep(tone, 0.28 * index);
}

function beep(tone: number, after: number): void {
  if (!context) return;
  const at = context.currentTime + after;
  const voice = context.createOscillator();
  const loud = context.createGain();
  voice.type = "triangle";
  voice.frequency.value = tone;
  loud.gain.setValueAtTime(0, at);
  loud.gain.linearRampToValueAtTime(0.35, at + 0.02);
  loud.gain.linearRampToValueAtTime(0, at + 0.25);
  voice.connect(loud).connect(context.destination);
  voice.start(at);
  voice.stop(at + 0.26);
}
