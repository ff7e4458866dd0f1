import { useEffect } from "react";
import { post } from "../api/client";
import type { CommandAnswer } from "../generated/wire";
import { type Alarm, acknowledge, acknowledged, alarmsOf, forgetGone } from "../live/alarms";
import { useCommand } from "../live/command";
import { kiln, useKiln } from "../live/kiln";
import { allowSound, endAlarm, muted, startAlarm } from "../live/sound";
import { useStore } from "../live/store";
import { useUnits, useViewer } from "../live/viewer";
import { fateSays, faultTold } from "../words/says";
import { useWords } from "../words/use";
import { AlarmIcon } from "./icons";
import { frameWords } from "./words";

/** Red, on every screen, heard until acknowledged: what is wrong, what the kiln has done, what to do. */
export function Alarms() {
  const now = useKiln((kiln) => kiln);
  const seen = useStore(acknowledged);
  const { sound } = useViewer();
  const alarms = alarmsOf(now);
  const loud = alarms.some((alarm) => !seen.includes(alarm.id));
  useEffect(() => {
    if (loud && sound) startAlarm();
    else endAlarm();
    return endAlarm;
  }, [loud, sound]);
  useEffect(() => kiln.watch(forgetGone), []);
  return (
    <div role="alert" className="alarms">
      {alarms.map((alarm) => (
        <OneAlarm key={alarm.id} alarm={alarm} seen={seen.includes(alarm.id)} />
      ))}
    </div>
  );
}

function OneAlarm({ alarm, seen }: { alarm: Alarm; seen: boolean }) {
  const words = useWords(frameWords);
  const isMuted = useStore(muted);
  const { sound } = useViewer();
  const [fate, send] = useCommand();
  const told = useTold(alarm);
  const trouble = fateSays(fate);
  return (
    <section className={`alarm${seen ? " seen" : ""}`} data-test="alarm">
      <AlarmIcon />
      <div className="alarm-text">
        <p className="alarm-title">
          {told.title}
          {told.code ? <span className="alarm-code">{told.code}</span> : null}
        </p>
        <p>
          {told.wrong} {told.did}
        </p>
        {told.act ? <p className="alarm-act">{told.act}</p> : null}
        {trouble ? <p className="alarm-act">{trouble}</p> : null}
      </div>
      <div className="alarm-buttons">
        {seen ? (
          <span className="alarm-seen">{words.alarm.acknowledged}</span>
        ) : (
          <button type="button" onClick={() => acknowledge([alarm.id])}>
            {words.alarm.acknowledge}
          </button>
        )}
        {alarm.is === "fault" && alarm.latched && seen ? (
          <button
            type="button"
            disabled={fate.is === "pending"}
            onClick={() => void send((options) => post<CommandAnswer>("/api/clear-error", {}, options))}
          >
            {words.alarm.clear}
          </button>
        ) : null}
        {isMuted && sound && !seen ? (
          <button type="button" onClick={allowSound}>
            {words.alarm.listen}
          </button>
        ) : null}
      </div>
    </section>
  );
}

function useTold(alarm: Alarm): {
  title: string;
  code: string;
  wrong: string;
  did: string;
  act: string | null;
} {
  const words = useWords(frameWords);
  const units = useUnits();
  if (alarm.is === "fault") {
    const { severity, code } = alarm.fault;
    const { name, wrong, act } = faultTold(alarm.fault);
    return { title: name, code, wrong, did: severity === "notice" ? "" : words.alarm[severity], act };
  }
  // For how long is said by the banner: an alarm whose words change would be read out again and again.
  if (alarm.is === "lost")
    return {
      title: words.alarm.lost,
      code: "",
      wrong: words.alarm.lostWhy,
      did: "",
      act: words.alarm.lostAct,
    };
  const wrong = words.banner.silent(units.duration(alarm.age));
  return { title: words.alarm.title, code: "", wrong, did: "", act: null };
}
