import { says, unsay } from "../live/says";
import { useStore } from "../live/store";
import { useWords } from "../words/use";
import { CloseIcon } from "./icons";
import { frameWords } from "./words";

/** Short words that go by themselves, above the tabs. */
export function Says() {
  const said = useStore(says);
  const words = useWords(frameWords);
  return (
    <div className="says" role="status" aria-live="polite">
      {said.map(({ id, tone, text }) => (
        <p key={id} className={`said ${tone}`}>
          <span>{text}</span>
          <button type="button" className="icon" aria-label={words.close} onClick={() => unsay(id)}>
            <CloseIcon />
          </button>
        </p>
      ))}
    </div>
  );
}
