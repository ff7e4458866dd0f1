import { frameWords } from "../../frame/words";
import { useKiln } from "../../live/kiln";
import { useUnits } from "../../live/viewer";
import { useWords } from "../../words/use";

export function Kiln(_: { rest: readonly string[] }) {
  const words = useWords(frameWords);
  const units = useUnits();
  const status = useKiln((now) => now.status);
  return (
    <div className="page">
      <h1>{words.screens.kiln}</h1>
      <p className="hero figure">{units.temp(status?.temp_c, 1)}</p>
    </div>
  );
}
