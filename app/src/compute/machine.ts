/**
 * kiln-core in the page: the file that `cargo xtask app` builds of `crates/kiln-wasm`, asked by numbers. What each
 * function answers stands in that crate's documentation; here the numbers get their names.
 */
import type { ProfileStep } from "../generated/wire";
import { coneAt } from "./cones";
import { fromNumbers, toNumbers } from "./steps";

type Ask = (...figures: number[]) => number;

/** Where a step stands in the plan. */
export interface PlannedStep {
  beginS: number;
  endS: number;
  fromC: number;
  toC: number;
}

export interface Plan {
  seconds: number;
  peakC: number | null;
  steps: PlannedStep[];
  work: Work | null;
}

/** How far heat work has come, in cones; null before the softest has fallen. */
export interface Work {
  cone: string;
  /** The share of the way to the next one. */
  beyond: number;
  estimate: boolean;
}

export const REFUSED_FIELDS = ["steps", "target", "rate", "min_rate", "time"] as const;
export const REFUSED_WHYS = ["empty", "too_many", "too_low", "too_high"] as const;

export interface ProfileRefused {
  /** Counted from 0; null for the profile as a whole. */
  step: number | null;
  field: (typeof REFUSED_FIELDS)[number];
  why: (typeof REFUSED_WHYS)[number];
}

/** Seconds, °C, percent, and whether it is a row of a relay test. */
export type Row = readonly [seconds: number, celsius: number, percent: number, relay: 0 | 1];

export interface Fit {
  gain: number;
  timeConstant: number;
  deadTime: number;
  gainError: number;
  timeConstantError: number;
  deadTimeError: number;
  rSquared: number;
  residualK: number;
  worstK: number;
  aboutC: number;
  brick: boolean;
  hottestC: number;
  /** The kiln, to be kept and fired on. */
  kiln: number[];
  beside: { seconds: number[]; seen: number[]; modelled: number[] };
}

export const NO_FITS = [
  "too_short",
  "no_excitation",
  "no_rise",
  "no_answer",
  "dead_time_at_edge",
  "uncertain",
  "strange",
  "poor",
] as const;

export interface NoFit {
  why: (typeof NO_FITS)[number];
  figure: number | null;
}

export interface Swing {
  periodS: number;
  amplitudeK: number;
  swings: number;
  ultimateGain: number;
}

export interface Analysis {
  seconds: number;
  fit: Fit | null;
  noFit: NoFit | null;
  swing: Swing | null;
}

export interface Gains {
  kp: number;
  ki: number;
  kd: number;
}

export const RULES = ["ziegler_nichols", "cohen_coon", "amigo", "simc"] as const;
export type Rule = (typeof RULES)[number];

export interface Ordered {
  gains: Gains;
  growth: number;
  ambientC: number;
  windowS: number;
  maxTempC: number;
  startC: number;
}

export interface Fired {
  ended: "complete" | "fault" | "given_up";
  seconds: number;
  /** Seconds at full power that would take the same energy. */
  fullPowerS: number;
  overshootK: number;
  lagK: number;
  distanceK: number;
  within5Share: number;
  waitedS: number;
  saturatedS: number;
  hottestC: number;
  work: Work | null;
  times: number[];
  targets: (number | null)[];
  temps: number[];
  powers: number[];
}

export class Machine {
  private constructor(private readonly exports: Record<string, Ask> & { memory: WebAssembly.Memory }) {}

  static async of(bytes: BufferSource): Promise<Machine> {
    const { instance } = await WebAssembly.instantiate(bytes, {});
    return new Machine(instance.exports as unknown as Record<string, Ask> & { memory: WebAssembly.Memory });
  }

  /** Asks by name: 0 is done, 1 refused, 2 makes no sense now, 3 does not fit. */
  ask(name: string, figures: ArrayLike<number> | null, ...given: number[]): number {
    const ask = this.exports[name];
    if (!ask) throw new Error(`kiln.wasm has no ${name}`);
    if (figures === null) return ask(...given);
    const most = this.exports.figures_most?.() ?? 0;
    if (figures.length > most) throw new Error("too many figures");
    new Float64Array(this.exports.memory.buffer, this.exports.figures_at?.(), figures.length).set(figures);
    return ask(figures.length, ...given);
  }

  /** The figures of the last answer. */
  numbers(): Float64Array {
    const { memory, numbers_at, numbers_len } = this.exports;
    return new Float64Array(memory.buffer, numbers_at?.(), numbers_len?.()).slice();
  }

  private work(at: number): Work | null {
    const [cone = -1, beyond = 0, estimate = 0] = this.numbers().subarray(at, at + 3);
    const name = coneAt(cone);
    return name === undefined ? null : { cone: name, beyond, estimate: estimate === 1 };
  }

  /** Null when it is taken. */
  private read(steps: readonly ProfileStep[]): ProfileRefused | null {
    if (this.ask("read_profile", toNumbers(steps)) === 0) return null;
    const [step = -1, field = 0, why = 0] = this.numbers();
    return {
      step: step < 0 ? null : step,
      field: REFUSED_FIELDS[field] ?? "steps",
      why: REFUSED_WHYS[why] ?? "empty",
    };
  }

  plan(steps: readonly ProfileStep[], startC: number): Plan | ProfileRefused {
    const refused = this.read(steps);
    if (refused) return refused;
    this.ask("plan", null, startC);
    const [seconds = 0, peak = Number.NaN, ...each] = this.numbers();
    const planned = steps.map((_, at): PlannedStep => {
      const [beginS = 0, endS = 0, fromC = 0, toC = 0] = each.slice(4 * at, 4 * at + 4);
      return { beginS, endS, fromC, toC };
    });
    this.ask("plan_work", null, startC);
    return { seconds, peakC: Number.isNaN(peak) ? null : peak, steps: planned, work: this.work(0) };
  }

  /** Pulls the end of a step so many seconds after its beginning to a temperature. */
  pull(steps: readonly ProfileStep[], step: number, seconds: number, celsius: number, startC: number) {
    if (this.read(steps) || this.ask("pull", null, step, seconds, celsius, startC) !== 0) return [...steps];
    return fromNumbers(this.numbers());
  }

  coneFalls(cone: number, rate: number): { celsius: number; estimate: boolean } | null {
    if (this.ask("cone_falls", null, cone, rate) !== 0) return null;
    const [celsius = 0, estimate = 0] = this.numbers();
    return { celsius, estimate: estimate === 1 };
  }

  coneProfile(cone: number, ware: number, speed: number): ProfileStep[] | { tooHotC: number } {
    const answer = this.ask("cone_profile", null, cone, ware, speed);
    return answer === 0 ? fromNumbers(this.numbers()) : { tooHotC: this.numbers()[0] ?? 0 };
  }

  logWork(rows: readonly Row[]): Work | null {
    this.ask("log_work", rows.flat());
    return this.work(0);
  }

  analyse(rows: readonly Row[], windowS: number): Analysis {
    if (this.ask("read_log", rows.flat(), windowS) !== 0) throw new Error("no such window");
    const [seconds = 0] = this.numbers();
    const answer = this.ask("fit", null);
    const figures = this.numbers();
    const swing = this.swing();
    if (answer !== 0) {
      const [why = 3, figure = Number.NaN] = figures;
      const noFit: NoFit = { why: NO_FITS[why] ?? "no_answer", figure: Number.isNaN(figure) ? null : figure };
      return { seconds, fit: null, noFit, swing };
    }
    return { seconds, fit: this.fitted(figures), noFit: null, swing };
  }

  private fitted(figures: Float64Array): Fit {
    const at = (place: number) => figures[place] ?? 0;
    this.ask("keep_kiln", null);
    const kiln = [...this.numbers()];
    this.ask("beside", null);
    const beside: Fit["beside"] = { seconds: [], seen: [], modelled: [] };
    const points = this.numbers();
    for (let point = 0; point + 3 <= points.length; point += 3) {
      beside.seconds.push(points[point] ?? 0);
      beside.seen.push(points[point + 1] ?? 0);
      beside.modelled.push(points[point + 2] ?? 0);
    }
    return {
      gain: at(0),
      timeConstant: at(1),
      deadTime: at(2),
      gainError: at(3),
      timeConstantError: at(4),
      deadTimeError: at(5),
      rSquared: at(6),
      residualK: at(7),
      worstK: at(8),
      aboutC: at(9),
      brick: at(10) === 1,
      hottestC: at(11),
      kiln,
      beside,
    };
  }

  private swing(): Swing | null {
    if (this.ask("swing", null) !== 0) return null;
    const [periodS = 0, amplitudeK = 0, swings = 0, ultimateGain = 0] = this.numbers();
    return { periodS, amplitudeK, swings, ultimateGain };
  }

  /** Null where a rule has no gains for a kiln. */
  gains(rule: Rule, pace: number, kiln: Pick<Fit, "gain" | "timeConstant" | "deadTime">): Gains | null {
    const { gain, timeConstant, deadTime } = kiln;
    const answer = this.ask("gains", null, RULES.indexOf(rule), pace, gain, timeConstant, deadTime);
    return answer === 0 ? this.ideal() : null;
  }

  relayGains(swing: Swing): Gains | null {
    return this.ask("relay_gains", null, swing.ultimateGain, swing.periodS) === 0 ? this.ideal() : null;
  }

  private ideal(): Gains {
    const [kp = 0, ki = 0, kd = 0] = this.numbers();
    return { kp, ki, kd };
  }

  /** Fires a profile on a kept kiln; null when profile, gains or kiln are refused. */
  fire(steps: readonly ProfileStep[], kiln: readonly number[], ordered: Ordered): Fired | null {
    if (this.read(steps) || this.ask("recall_kiln", kiln) !== 0) return null;
    const { gains, growth, ambientC, windowS, maxTempC, startC } = ordered;
    const figures = [gains.kp, gains.ki, gains.kd, growth, ambientC, windowS, maxTempC, startC];
    if (this.ask("fire", figures) !== 0) return null;
    return this.fired();
  }

  private fired(): Fired {
    const numbers = this.numbers();
    const at = (place: number) => numbers[place] ?? 0;
    const fired: Fired = {
      ended: at(0) === 1 ? "complete" : at(0) === 0 ? "fault" : "given_up",
      seconds: at(1),
      fullPowerS: at(2),
      overshootK: at(3),
      lagK: at(4),
      distanceK: at(5),
      within5Share: at(6),
      waitedS: at(7),
      saturatedS: at(8),
      hottestC: at(9),
      work: this.work(10),
      times: [],
      targets: [],
      temps: [],
      powers: [],
    };
    for (let point = 13; point + 4 <= numbers.length; point += 4) {
      const target = at(point + 1);
      fired.times.push(at(point));
      fired.targets.push(Number.isNaN(target) ? null : target);
      fired.temps.push(at(point + 2));
      fired.powers.push(at(point + 3));
    }
    return fired;
  }
}
