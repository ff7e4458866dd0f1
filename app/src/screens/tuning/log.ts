/** A log as CSV, read for a fit: the columns that this controller and its forerunner write. */
import type { Row } from "../../compute/machine";

const COLUMNS = ["timestamp", "current_temp_c", "ssr_output_percent", "state", "step_name"] as const;

export interface Log {
  name: string;
  rows: Row[];
}

/** Null for a text that is no log. Rows of an outage and rows without a time are left out. */
export function readLog(name: string, text: string): Log | null {
  const [head = "", ...lines] = text.split(/\r?\n/);
  const names = head.split(",").map((column) => column.trim());
  const places = COLUMNS.map((column) => names.indexOf(column));
  if (places.includes(-1)) return null;
  const rows: Row[] = [];
  let first: number | null = null;
  for (const line of lines) {
    const fields = line.split(",");
    const [at = "", temp = "", output = "", state = "", step = ""] = places.map(
      (place) => fields[place]?.trim() ?? "",
    );
    const ms = Date.parse(`${at.replace(" ", "T")}Z`);
    const celsius = Number.parseFloat(temp);
    if (state === "RECOVERY" || Number.isNaN(ms) || Number.isNaN(celsius)) continue;
    first ??= ms;
    rows.push([
      (ms - first) / 1000,
      celsius,
      Number.parseFloat(output) || 0,
      step.startsWith("relay") ? 1 : 0,
    ]);
  }
  return rows.length > 1 ? { name, rows } : null;
}

let opened: Log | null = null;

/** A file that somebody opened, until the page is closed. */
export const openLog = (log: Log): void => {
  opened = log;
};
export const openedLog = (): Log | null => opened;
