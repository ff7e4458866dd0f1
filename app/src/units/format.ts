/** Figures as people read them. The wire is always °C, seconds and epoch milliseconds. */

/** What is shown where a figure is not known. */
export const UNKNOWN = "—";
/** Keeps a figure and its unit on one line. */
const GLUE = "\u00a0";

export interface Units {
  readonly unit: "c" | "f";
  readonly locale: string;
  /** `°C` or `°F`. */
  readonly degree: string;
  /** `°C/h` or `°F/h`. */
  readonly perHour: string;
  /** A temperature with its unit. */
  temp(celsius: number | null | undefined, digits?: number): string;
  /** A temperature without its unit. */
  tempBare(celsius: number | null | undefined, digits?: number): string;
  /** A difference of temperatures with its unit. */
  delta(kelvin: number | null | undefined, digits?: number): string;
  /** A rate with its unit; `signed` says + for a rise. */
  rate(celsiusPerHour: number | null | undefined, signed?: boolean): string;
  /** Celsius as a number of the viewer's unit, and back. */
  toShown(celsius: number): number;
  fromShown(shown: number): number;
  /** The same for differences and rates. */
  deltaToShown(kelvin: number): number;
  deltaFromShown(shown: number): number;
  number(value: number | null | undefined, digits?: number, grouped?: boolean): string;
  percent(value: number | null | undefined): string;
  /** `3 h 05 min`, `12 min`, `40 s`. */
  duration(seconds: number | null | undefined): string;
  /** `3:05`, for tables and axes. */
  hours(seconds: number | null | undefined): string;
  /** The time of day alone, for axes. */
  time(epochMs: number): string;
  /** The time of day; with the weekday when it is not today's. */
  clock(epochMs: number | null | undefined, nowMs?: number): string;
  /** Date and time of day. */
  date(epochMs: number | null | undefined): string;
  energy(kwh: number | null | undefined): string;
  money(amount: number | null | undefined, currency: string): string;
  bytes(count: number | null | undefined): string;
}

const isKnown = (value: number | null | undefined): value is number =>
  value !== null && value !== undefined && Number.isFinite(value);

export function makeUnits({ unit, locale }: { unit: "c" | "f"; locale: string }): Units {
  const degree = unit === "f" ? "°F" : "°C";
  const toShown = (celsius: number) => (unit === "f" ? celsius * 1.8 + 32 : celsius);
  const fromShown = (shown: number) => (unit === "f" ? (shown - 32) / 1.8 : shown);
  const deltaToShown = (kelvin: number) => (unit === "f" ? kelvin * 1.8 : kelvin);
  const deltaFromShown = (shown: number) => (unit === "f" ? shown / 1.8 : shown);
  const numbers = new Map<string, Intl.NumberFormat>();
  const number = (value: number | null | undefined, digits = 0, useGrouping = true) => {
    if (!isKnown(value)) return UNKNOWN;
    const key = `${digits} ${useGrouping}`;
    let format = numbers.get(key);
    if (!format) {
      const places = { minimumFractionDigits: digits, maximumFractionDigits: digits };
      format = new Intl.NumberFormat(locale, { ...places, useGrouping });
      numbers.set(key, format);
    }
    const text = format.format(value);
    // "-0" is 0.
    return /^[-−]0([.,]0*)?$/.test(text) ? text.slice(1) : text;
  };
  const known = (value: number | null | undefined, say: (value: number) => string) =>
    isKnown(value) ? say(value) : UNKNOWN;
  const twelve = new Intl.DateTimeFormat(locale, { hour: "numeric" }).resolvedOptions().hour12 === true;
  const time = new Intl.DateTimeFormat(locale, { hour: twelve ? "numeric" : "2-digit", minute: "2-digit" });
  const day = new Intl.DateTimeFormat(locale, { weekday: "short" });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
  const two = (value: number) => String(value).padStart(2, "0");

  return {
    unit,
    locale,
    degree,
    perHour: `${degree}/h`,
    toShown,
    fromShown,
    deltaToShown,
    deltaFromShown,
    number,
    temp: (celsius, digits = 0) =>
      known(celsius, (c) => `${number(toShown(c), digits, false)}${GLUE}${degree}`),
    tempBare: (celsius, digits = 0) => known(celsius, (c) => number(toShown(c), digits, false)),
    delta: (kelvin, digits = 0) => known(kelvin, (k) => `${number(deltaToShown(k), digits)}${GLUE}${degree}`),
    rate: (rate, signed = false) =>
      known(rate, (r) => {
        const shown = number(deltaToShown(r), 0);
        return `${signed && r > 0 && shown !== "0" ? "+" : ""}${shown}${GLUE}${degree}/h`;
      }),
    percent: (value) => known(value, (v) => `${number(v, 0)}${GLUE}%`),
    duration: (seconds) =>
      known(seconds, (s) => {
        const whole = Math.max(0, Math.round(s));
        if (whole < 60) return `${whole}${GLUE}s`;
        const minutes = Math.round(whole / 60);
        if (minutes < 60) return `${minutes}${GLUE}min`;
        const rest = minutes % 60;
        const h = `${Math.floor(minutes / 60)}${GLUE}h`;
        return rest === 0 ? h : `${h}${GLUE}${two(rest)}${GLUE}min`;
      }),
    hours: (seconds) =>
      known(seconds, (s) => {
        const minutes = Math.max(0, Math.round(s / 60));
        return `${Math.floor(minutes / 60)}:${two(minutes % 60)}`;
      }),
    time: (epoch) => time.format(new Date(epoch)),
    clock: (epoch, now = Date.now()) =>
      known(epoch, (ms) => {
        const at = new Date(ms);
        const same = at.toDateString() === new Date(now).toDateString();
        return same ? time.format(at) : `${day.format(at)} ${time.format(at)}`;
      }),
    date: (epoch) => known(epoch, (ms) => date.format(new Date(ms))),
    energy: (kwh) => known(kwh, (e) => `${number(e, e < 100 ? 1 : 0)}${GLUE}kWh`),
    money: (amount, currency) =>
      known(amount, (a) =>
        currency.length > 1 ? `${number(a, 2)}${GLUE}${currency}` : `${currency}${number(a, 2)}`,
      ),
    bytes: (count) =>
      known(count, (b) =>
        b < 1024
          ? `${b}${GLUE}B`
          : b < 1024 * 1024
            ? `${number(b / 1024, 0)}${GLUE}KiB`
            : `${number(b / 1048576, 1)}${GLUE}MiB`,
      ),
  };
}
