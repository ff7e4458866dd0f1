import { frameWords } from "../../frame/words";
import { useWords } from "../../words/use";

export function Profiles(_: { rest: readonly string[] }) {
  const words = useWords(frameWords);
  return (
    <div className="page">
      <h1>{words.screens.profiles}</h1>
    </div>
  );
}
