import { frameWords } from "../../frame/words";
import { useWords } from "../../words/use";

export function Settings(_: { rest: readonly string[] }) {
  const words = useWords(frameWords);
  return (
    <div className="page">
      <h1>{words.screens.settings}</h1>
    </div>
  );
}
