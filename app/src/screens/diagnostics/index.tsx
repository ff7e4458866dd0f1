import { frameWords } from "../../frame/words";
import { useWords } from "../../words/use";

export function Diagnostics(_: { rest: readonly string[] }) {
  const words = useWords(frameWords);
  return (
    <div className="page">
      <h1>{words.screens.diagnostics}</h1>
    </div>
  );
}
