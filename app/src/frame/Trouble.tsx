import { errorSays } from "../words/says";
import { useWords } from "../words/use";
import { frameWords } from "./words";

/** What went wrong, and once more. */
export function Trouble({ error, again }: { error: unknown; again?: () => void }) {
  const words = useWords(frameWords);
  if (error === null || error === undefined) return null;
  return (
    <div className="trouble row apart" role="alert">
      <span>{typeof error === "string" ? error : errorSays(error)}</span>
      {again ? (
        <button type="button" onClick={again}>
          {words.retry}
        </button>
      ) : null}
    </div>
  );
}
