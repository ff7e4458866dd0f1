import { useKiln } from "../../live/kiln";
import { useUnits } from "../../live/viewer";
import { useWords } from "../../words/use";
import { diagnosticsWords } from "./words";

type Problem = keyof (typeof diagnosticsWords)["en"]["now"]["problem"];

/** What the control loop sees and does at this moment. */
export function Live() {
  const words = useWords(diagnosticsWords).now;
  const units = useUnits();
  const status = useKiln((now) => now.status);
  const rows: [string, string][] = [];
  if (status) {
    const { sensor_problem: problem, pid, control, network } = status;
    rows.push(
      [words.temp, units.temp(status.temp_c, 2)],
      [words.age, units.duration(status.temp_age_s)],
      [words.sensor, problem === null ? words.sensorGood : (words.problem[problem as Problem] ?? problem)],
      [words.terminals, units.temp(status.terminals_c, 1)],
      [words.output, units.percent(status.output_percent)],
      [words.duty, units.percent(status.duty_percent)],
      [words.relays, status.relays_on.map((relay) => relay + 1).join(", ") || words.none],
      [words.contactor, status.contactor_held ? words.held : words.released],
      [
        words.pid,
        pid ? [pid.p_percent, pid.i_percent, pid.d_percent].map((p) => units.number(p, 1)).join(" · ") : "—",
      ],
      [words.loop, words.ago(units.duration(control.age_s))],
      [
        words.settings,
        control.settings_revision === null ? "—" : words.revision(`${control.settings_revision}`),
      ],
      [words.signal, network.signal_dbm === null ? "—" : `${network.signal_dbm} dBm`],
    );
  }
  return (
    <section className="panel" aria-labelledby="live-title">
      <h2 id="live-title">{words.title}</h2>
      <dl className="facts">
        {rows.flatMap(([name, value]) => [<dt key={name}>{name}</dt>, <dd key={`${name}=`}>{value}</dd>])}
      </dl>
    </section>
  );
}
