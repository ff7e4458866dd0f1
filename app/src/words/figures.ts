/** The figures of a fault, an event or a refusal, by the unit in their names. */
import { UNKNOWN, type Units } from "../units/format";

export type Params = Record<string, number | string | string[] | number[]>;

/** A figure by its name, as the viewer reads it. */
export type Figure = (name: string) => string;

export const figuresOf =
  (params: Params, units: Units): Figure =>
  (name) => {
    const value = params[name];
    if (value === undefined) return UNKNOWN;
    if (Array.isArray(value)) return value.join(", ");
    if (typeof value === "string") return value;
    if (name.endsWith("_c_per_h")) return units.rate(value);
    if (name.endsWith("_c")) return units.temp(value);
    if (name.endsWith("_k")) return units.delta(value, Math.abs(value) < 10 ? 1 : 0);
    if (name.endsWith("_s")) return units.duration(value);
    if (name.endsWith("_bytes")) return units.bytes(value);
    return units.number(value, Number.isInteger(value) ? 0 : 2);
  };
