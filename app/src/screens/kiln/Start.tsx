import { type ReactNode, useEffect, useState } from "react";
import { get, post } from "../../api/client";
import { Ask } from "../../frame/Ask";
import { CheckIcon } from "../../frame/icons";
import type {
  CommandAnswer,
  Config,
  ProfileEntry,
  ProfileList,
  RunEntry,
  RunList,
  SelfTestResult,
} from "../../generated/wire";
import { useCommand } from "../../live/command";
import { kilnNow, useKiln } from "../../live/kiln";
import { say } from "../../live/says";
import { keep, kept } from "../../live/store";
import { useUnits } from "../../live/viewer";
import { errorSays, fateSays } from "../../words/says";
import { useWords } from "../../words/use";
import { readable, sameName } from "../profiles/names";
import { startWords } from "./start-words";

const LAST = "kiln.lastProfile";
const LATER_MS = 3_600_000;

/** The form of a local date-and-time field. */
function local(epoch: number): string {
  const at = new Date(epoch - new Date(epoch).getTimezoneOffset() * 60_000);
  return at.toISOString().slice(0, 16);
}

/** What is to be fired, what it means, and a start now or later. */
export function Start({ onClose, only }: { onClose: () => void; only?: string }) {
  const words = useWords(startWords);
  const units = useUnits();
  const [profiles, setProfiles] = useState<readonly ProfileEntry[] | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [chosen, choose] = useState(only ?? kept(LAST) ?? "");
  const [ready, setReady] = useState(false);
  const [later, setLater] = useState(false);
  const [at, setAt] = useState(() => local(kilnNow() + LATER_MS));
  const [fate, send] = useCommand();
  const knowsTime = useKiln((now) => now.status?.clock.wall_ms != null);
  useEffect(() => {
    get<ProfileList>("/api/profiles")
      .then(({ profiles }) => setProfiles(profiles))
      .catch((error) => setTrouble(errorSays(error)));
  }, []);
  const profile = profiles?.find(({ name }) => name === chosen) ?? null;
  const maximum = useKiln((now) => now.info?.max_temp_c ?? null);
  const tooHot = maximum !== null && profile?.peak_c != null && profile.peak_c > maximum;
  const startMs = new Date(at).getTime();
  const past = later && startMs <= kilnNow();
  const start = async () => {
    if (!profile) return;
    keep(LAST, profile.name);
    const name = profile.name;
    const became = await send((options) =>
      later
        ? post<CommandAnswer>("/api/schedule", { profile: name, start_ms: startMs }, options)
        : post<CommandAnswer>("/api/run", { profile: name, expect_etag: profile.etag }, options),
    );
    if (became.is !== "done") return;
    const said = readable(name);
    say(later ? words.planned(said, units.clock(startMs, kilnNow())) : words.started(said));
    onClose();
  };
  return (
    <Ask
      title={words.title}
      go={later ? words.goLater : words.go}
      onGo={() => void start()}
      onClose={onClose}
      busy={fate.is === "pending" && words.starting}
      can={profile !== null && profile.refused === null && ready && !tooHot && !past}
      trouble={trouble ?? fateSays(fate)}
    >
      {profiles?.length === 0 ? <p className="note">{words.none}</p> : null}
      <fieldset className="choices">
        <legend className="unseen">{words.choose}</legend>
        {(profiles ?? []).map((entry) => (
          <Choice key={entry.name} entry={entry} chosen={entry.name === chosen} choose={choose} />
        ))}
      </fieldset>
      {profile ? (
        <Checks profile={profile} tooHot={tooHot} maximum={maximum} from={later ? startMs : null} />
      ) : null}
      <label className="check">
        <input type="checkbox" checked={ready} onChange={(event) => setReady(event.currentTarget.checked)} />
        <span>{words.loaded}</span>
      </label>
      <div className="row">
        <label className="check">
          <input type="radio" name="when" checked={!later} onChange={() => setLater(false)} />
          <span>{words.now}</span>
        </label>
        <label className="check">
          <input
            type="radio"
            name="when"
            checked={later}
            disabled={!knowsTime}
            onChange={() => setLater(true)}
          />
          <span>{words.later}</span>
        </label>
      </div>
      {knowsTime ? null : <p className="quiet small">{words.noClock}</p>}
      {later ? (
        <label className="field">
          <span>{words.when}</span>
          <input
            type="datetime-local"
            required
            value={at}
            onChange={(event) => setAt(event.currentTarget.value)}
          />
          {past ? <small>{words.past}</small> : null}
        </label>
      ) : null}
    </Ask>
  );
}

function Choice({
  entry,
  chosen,
  choose,
}: {
  entry: ProfileEntry;
  chosen: boolean;
  choose: (name: string) => void;
}) {
  const words = useWords(startWords);
  const units = useUnits();
  const refused = entry.refused !== null;
  return (
    <label className={`choice${chosen ? " chosen" : ""}`}>
      <input
        type="radio"
        name="profile"
        value={entry.name}
        checked={chosen}
        disabled={refused}
        onChange={() => choose(entry.name)}
      />
      <span className="choice-name">{readable(entry.name)}</span>
      <span className="choice-more">
        {refused ? words.refused : `${units.temp(entry.peak_c)} · ${units.duration(entry.nominal_s)}`}
      </span>
    </label>
  );
}

function Checks({
  profile,
  tooHot,
  maximum,
  from,
}: {
  profile: ProfileEntry;
  tooHot: boolean;
  maximum: number | null;
  from: number | null;
}) {
  const words = useWords(startWords);
  const units = useUnits();
  const temp = useKiln((now) => now.status?.temp_c ?? null);
  const relays = useRelays();
  const energy = useEnergy(profile);
  const peak = units.temp(profile.peak_c);
  const most = units.temp(maximum);
  const ends = (from ?? kilnNow()) + 1000 * (profile.nominal_s ?? 0);
  return (
    <section className="checks" aria-label={words.checks}>
      <ul>
        <Line good={!tooHot}>{tooHot ? words.tooHot(peak, most) : words.peak(peak, most)}</Line>
        {profile.nominal_s !== null ? (
          <Line good>
            {words.takes(units.duration(profile.nominal_s))} {words.endsAt(units.clock(ends, kilnNow()))}
          </Line>
        ) : null}
        {energy ? (
          <Line good>
            {(energy.isLast ? words.energyLast : words.energyAtMost)(
              units.energy(energy.kwh),
              energy.cost ? ` · ${energy.cost}` : "",
            )}
          </Line>
        ) : null}
        <Line good={temp !== null}>{temp === null ? words.noReading : words.warm(units.temp(temp))}</Line>
        <Line good={relays === "passed"}>
          {relays === "passed" ? words.relays : relays === "failed" ? words.relaysFailed : words.relaysNone}
        </Line>
      </ul>
    </section>
  );
}

function Line({ good, children }: { good: boolean; children: ReactNode }) {
  return (
    <li className={good ? "good" : "open"}>
      {good ? <CheckIcon /> : <span className="open-mark" aria-hidden="true" />}
      <span>{children}</span>
    </li>
  );
}

/** What it took the last time; for one that was never fired, full power all the time: more it cannot be. */
function useEnergy({
  name,
  nominal_s,
}: ProfileEntry): { kwh: number; cost: string | null; isLast: boolean } | null {
  const units = useUnits();
  const [known, show] = useState<{ config: Config; runs: readonly RunEntry[] } | null>(null);
  useEffect(() => {
    const asked = async () => {
      const config = await get<Config>("/api/config", { quiet: true });
      show({ config, runs: (await get<RunList>("/api/runs", { quiet: true })).runs });
    };
    asked().catch(() => undefined);
  }, []);
  if (known === null) return null;
  const { element_power_w: watts } = known.config.hardware;
  const { energy_price_per_kwh: price, currency } = known.config.display;
  const last = known.runs.find(
    (run) => run.profile !== null && sameName(run.profile, name) && run.end === "completed",
  )?.energy_kwh;
  const most = nominal_s !== null && watts > 0 ? (watts / 1000) * (nominal_s / 3600) : null;
  const kwh = last ?? most;
  if (kwh === null) return null;
  return { kwh, cost: price > 0 ? units.money(kwh * price, currency) : null, isLast: last != null };
}

function useRelays(): SelfTestResult["state"] {
  const [state, show] = useState<SelfTestResult["state"]>("none");
  useEffect(() => {
    get<SelfTestResult>("/api/selftest", { quiet: true })
      .then((result) => show(result.what === "relays" ? result.state : "none"))
      .catch(() => undefined);
  }, []);
  return state;
}
