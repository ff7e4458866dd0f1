import { frameWords } from "../../frame/words";
import { useWords } from "../../words/use";

export function Tuning(_: { rest: readonly string[] }) {
  const words = useWords(frameWords);
  return (
    <div className="page">
      <h1>{words.screens.tuning}</h1>
    </div>
  );
}
