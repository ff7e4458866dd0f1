import { frameWords } from "../../frame/words";
import { useWords } from "../../words/use";

export function History(_: { rest: readonly string[] }) {
  const words = useWords(frameWords);
  return (
    <div className="page">
      <h1>{words.screens.history}</h1>
    </div>
  );
}
