import { useCallback, useEffect, useState } from "react";
import { del, get, hasToken, keepToken, people } from "../../api/client";
import { Ask } from "../../frame/Ask";
import { Trouble } from "../../frame/Trouble";
import type { TokenEntry, TokenList } from "../../generated/wire";
import { say } from "../../live/says";
import { useUnits } from "../../live/viewer";
import { errorSays } from "../../words/says";
import { useWords } from "../../words/use";
import { settingsWords } from "./words";

/** Who may run the kiln; each can be shut out at once. */
export function Apps() {
  const words = useWords(settingsWords).apps;
  const units = useUnits();
  const [tokens, show] = useState<readonly TokenEntry[] | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [asked, ask] = useState<TokenEntry | null>(null);
  const look = useCallback(async () => {
    if (!hasToken()) return show(null);
    try {
      show((await get<TokenList>("/api/tokens", { quiet: true })).tokens);
      setTrouble(null);
    } catch (error) {
      show(null);
      setTrouble(errorSays(error));
    }
  }, []);
  useEffect(() => void look(), [look]);
  const revoke = async (token: TokenEntry) => {
    ask(null);
    try {
      await del(`/api/tokens/${token.id}`);
      if (token.this) keepToken(null);
      say(words.revoked);
    } catch (error) {
      setTrouble(errorSays(error));
    }
    await look();
  };
  return (
    <section className="panel" aria-labelledby="apps-title">
      <h2 id="apps-title">{words.title}</h2>
      {tokens === null ? (
        <>
          <p>{words.notPaired}</p>
          <div className="buttons start">
            <button type="button" onClick={() => void people.pair("missing").then(look)}>
              {words.pair}
            </button>
          </div>
        </>
      ) : (
        <ul className="lines">
          {tokens.map((token) => (
            <li key={token.id}>
              <span>
                <strong>{token.name}</strong> {token.this ? <span className="tag">{words.this}</span> : null}
                <br />
                <span className="quiet small">
                  {token.made_ms === null ? "" : words.made(units.date(token.made_ms))}
                </span>
              </span>
              <button type="button" onClick={() => ask(token)}>
                {words.revoke}
              </button>
            </li>
          ))}
        </ul>
      )}
      <Trouble error={trouble} />
      {asked ? (
        <Ask title={words.revoke} go={words.revoke} onGo={() => void revoke(asked)} onClose={() => ask(null)}>
          <p>{words.revokeAsk(asked.name)}</p>
        </Ask>
      ) : null}
    </section>
  );
}
