/** All kilns side by side: how hot each is, what it does, and its stop. */
import { useEffect, useState } from "react";
import { HoldButton } from "../frame/HoldToStop";
import { useUnits } from "../live/viewer";
import { useWords } from "../words/use";
import { type About, desk, type Found, pageOf, type Refused, type Tile } from "./desk";
import { Past } from "./Past";
import { deskWords } from "./words";

const LOOK_MS = 700;

export function Kilns() {
  const words = useWords(deskWords);
  const [tiles, show] = useState<Tile[]>();
  const [trouble, tell] = useState<string | null>(null);
  const [about, know] = useState<About>();
  useEffect(() => {
    const look = () =>
      desk.kilns().then(
        (now) => {
          show(now.kilns);
          tell(now.trouble);
        },
        () => {},
      );
    const ask = () => desk.about().then(know, () => {});
    look();
    ask();
    const often = setInterval(look, LOOK_MS);
    const seldom = setInterval(ask, 10_000);
    return () => {
      clearInterval(often);
      clearInterval(seldom);
    };
  }, []);
  return (
    <main className="desk">
      <h1>{words.title}</h1>
      {trouble ? (
        <p className="desk-trouble" role="alert">
          {trouble}
        </p>
      ) : null}
      {tiles?.length === 0 ? <p className="quiet">{words.none}</p> : null}
      <ul className="desk-tiles">
        {tiles?.map((tile) => (
          <KilnTile key={tile.id} tile={tile} />
        ))}
      </ul>
      <Search />
      {about ? <Says about={about} /> : null}
    </main>
  );
}

function KilnTile({ tile }: { tile: Tile }) {
  const words = useWords(deskWords);
  const units = useUnits();
  const { doing } = tile;
  const old = tile.link === "stale" || tile.link === "lost";
  const temp = doing?.probe_open ? words.probe : units.temp(doing?.temp_c);
  const fires = doing?.state === "running" || doing?.state === "tuning";
  const line = [
    doing?.target_c === null || doing === null ? null : words.target(units.temp(doing.target_c)),
    fires ? doing.profile : null,
    fires && doing.step !== null && doing.steps !== null ? words.step(doing.step, doing.steps) : null,
    fires && doing.remaining_s !== null ? words.left(units.duration(doing.remaining_s)) : null,
  ].filter((part) => part !== null);
  return (
    <li className={`tile ${tile.link}`} data-kiln={tile.id}>
      <div className="tile-head">
        <span className={`dot ${tile.link}`} />
        <h2>
          <a href={pageOf(tile)} aria-label={words.openKiln(tile.name)}>
            {tile.name}
          </a>
        </h2>
        {tile.simulated ? <span className="tile-tag">{words.simulated}</span> : null}
        <span className={`tile-state ${doing?.state ?? "never"}`}>
          {doing ? words.state[doing.state] : words.link.never}
        </span>
      </div>
      <p className={`tile-temp ${old ? "old" : ""}`}>{doing ? temp : "—"}</p>
      <p className="tile-line">{line.join(" · ")}</p>
      <How tile={tile} />
      <Past kiln={tile.id} />
      {tile.alarms.map((alarm) => (
        <div className="tile-alarm" role="alert" key={alarm.key}>
          <strong>{alarm.title}</strong>
          <p>{alarm.body}</p>
          {alarm.acknowledged ? (
            <p className="small">{words.acknowledged}</p>
          ) : (
            <button type="button" onClick={() => void desk.acknowledge(tile.id, alarm.key)}>
              {words.acknowledge}
            </button>
          )}
        </div>
      ))}
      <div className="tile-do">
        <Forget tile={tile} />
        <StopTile tile={tile} />
      </div>
    </li>
  );
}

/** How sure it is what is shown. */
function How({ tile }: { tile: Tile }) {
  const words = useWords(deskWords);
  const units = useUnits();
  const age = units.duration(tile.heard_s);
  const said = {
    never: tile.why ? words.why[tile.why] : "",
    live: tile.trust === "unpaired" ? words.unpaired : tile.trust === "unknown" ? words.unknown : "",
    stale: words.link.stale(age),
    lost: `${words.link.lost(age)} ${tile.why ? words.why[tile.why] : ""}`,
  }[tile.link];
  return said ? <p className="tile-how">{said}</p> : null;
}

function StopTile({ tile }: { tile: Tile }) {
  const words = useWords(deskWords).stop;
  const busy = tile.stop === "sending" || tile.stop === "not_confirmed";
  const alarm = tile.stop === "not_confirmed" || tile.stop === "given_up";
  return (
    <>
      {tile.stop && tile.stop !== "sending" ? (
        <p className={alarm ? "tile-stop bad" : "tile-stop"} role={alarm ? "alert" : "status"}>
          {words[tile.stop]}
        </p>
      ) : null}
      <HoldButton busy={busy} stop={() => void desk.stop(tile.id)} of={`-${tile.id}`} />
    </>
  );
}

function Forget({ tile }: { tile: Tile }) {
  const words = useWords(deskWords);
  const [sure, ask] = useState(false);
  return (
    <button
      type="button"
      className="link"
      onClick={() => (sure ? void desk.forget(tile.id) : ask(true))}
      onBlur={() => ask(false)}
    >
      {sure ? words.forgetSure : words.forget}
    </button>
  );
}

/** Kilns that are not in the list: found on the network, or typed. */
function Search() {
  const words = useWords(deskWords);
  const [found, show] = useState<Found[]>();
  const [busy, work] = useState(false);
  const [refused, refuse] = useState<Refused | null>(null);
  const look = async () => {
    work(true);
    show(await desk.find().catch(() => []));
    work(false);
  };
  const add = async (address: string) => {
    refuse(null);
    try {
      await desk.add(address);
      show((now) => {
        const left = now?.filter((one) => one.address !== address);
        return left?.length ? left : undefined;
      });
      return true;
    } catch (why) {
      refuse(why as Refused);
      return false;
    }
  };
  return (
    <section className="desk-search">
      <button type="button" className="main" onClick={() => void look()} disabled={busy}>
        {busy ? words.looking : words.look}
      </button>
      {found?.length === 0 ? <p role="status">{words.foundNone}</p> : null}
      {found?.length ? (
        <ul className="desk-found" aria-label={words.found}>
          {found.map((one) => (
            <li key={one.address}>
              <span>
                <strong>{one.name || "pico-kiln"}</strong> <span className="quiet">{one.address}</span>
              </span>
              <button type="button" onClick={() => void add(one.address)}>
                {words.add}
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const form = event.currentTarget;
          const address = String(new FormData(form).get("address") ?? "");
          void add(address).then((added) => added && form.reset());
        }}
      >
        <label className="field">
          {words.address}
          <input name="address" autoComplete="off" spellCheck={false} />
          <small>{words.addressHint}</small>
        </label>
        <button type="submit">{words.byAddress}</button>
      </form>
      {refused ? (
        <p className="desk-trouble" role="alert">
          {words.refused[refused] ?? words.refused.not_understood}
        </p>
      ) : null}
    </section>
  );
}

/** What this desktop can do, said plainly. */
function Says({ about }: { about: About }) {
  const words = useWords(deskWords);
  return (
    <footer className="small quiet">
      <p>{about.tray ? words.tray : words.noTray}</p>
      {about.notifies ? null : <p role="status">{words.silent}</p>}
      <p>pico-kiln {about.version}</p>
    </footer>
  );
}
