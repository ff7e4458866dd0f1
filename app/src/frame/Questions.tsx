import { useState } from "react";
import { keepToken, post } from "../api/client";
import type { PairAnswer } from "../generated/wire";
import { useStore } from "../live/store";
import { errorSays } from "../words/says";
import { useWords } from "../words/use";
import { Ask } from "./Ask";
import { question } from "./people";
import { frameWords } from "./words";

const DIGITS = /^[0-9]{6}$/;

/** The dialog of whatever the kiln wants to know of the person. */
export function Questions() {
  const asked = useStore(question);
  if (asked === null) return null;
  return asked.is === "pair" ? (
    <Pair why={asked.why} answer={asked.answer} />
  ) : (
    <Code answer={asked.answer} />
  );
}

/** The name of this browser, for the list of paired ones. */
function browser(): string {
  const agent = navigator.userAgent;
  const name = ["Firefox", "Edg", "Chrome", "Safari"].find((word) => agent.includes(word));
  const on = ["Android", "iPhone", "iPad", "Windows", "Mac", "Linux"].find((word) => agent.includes(word));
  return `${name === "Edg" ? "Edge" : (name ?? "Browser")}${on ? `, ${on}` : ""}`.slice(0, 32);
}

function Pair({ why, answer }: { why: "missing" | "unknown"; answer: (paired: boolean) => void }) {
  const words = useWords(frameWords).pair;
  const [code, setCode] = useState("");
  const [name, setName] = useState(browser);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const pair = async () => {
    setBusy(true);
    setTrouble(null);
    try {
      const paired = await post<PairAnswer>("/api/pair", { code, name: name.trim() }, { quiet: true });
      keepToken(paired.token);
      answer(true);
    } catch (error) {
      setTrouble(errorSays(error));
      setBusy(false);
    }
  };
  return (
    <Ask
      title={words.title}
      go={words.go}
      onGo={() => void pair()}
      onClose={() => answer(false)}
      busy={busy && words.busy}
      can={DIGITS.test(code) && name.trim() !== ""}
      trouble={trouble}
    >
      <p>{why === "unknown" ? words.unknown : words.why}</p>
      <p>{words.how}</p>
      <CodeField label={words.code} code={code} onCode={setCode} />
      <label className="field">
        <span>{words.name}</span>
        <input
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={32}
          required
        />
      </label>
    </Ask>
  );
}

function Code({ answer }: { answer: (code: string | null) => void }) {
  const words = useWords(frameWords).local;
  const [code, setCode] = useState("");
  return (
    <Ask
      title={words.title}
      go={words.go}
      onGo={() => answer(code)}
      onClose={() => answer(null)}
      can={DIGITS.test(code)}
    >
      <p>{words.why}</p>
      <CodeField label={words.code} code={code} onCode={setCode} />
    </Ask>
  );
}

function CodeField({ label, code, onCode }: { label: string; code: string; onCode: (code: string) => void }) {
  return (
    <label className="field">
      <span>{label}</span>
      <input
        className="code"
        value={code}
        onChange={(event) => onCode(event.currentTarget.value.replace(/\D/g, "").slice(0, 6))}
        inputMode="numeric"
        autoComplete="off"
        pattern="[0-9]{6}"
        required
      />
    </label>
  );
}
