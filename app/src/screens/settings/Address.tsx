import { useKiln } from "../../live/kiln";
import { useWords } from "../../words/use";
import { qrCode } from "./qr";
import { settingsWords } from "./words";

/** Light around a code, in modules, so that a camera finds its edges: ISO/IEC 18004 wants four. */
const EDGE = 4;

/** Where the kiln is found, to read and for the camera of a phone. */
export function Address() {
  const words = useWords(settingsWords).about;
  const name = useKiln((now) => now.status?.network.name ?? "");
  const address = name ? `http://${name}.local` : location.origin;
  const code = qrCode(address);
  const side = (code?.length ?? 0) + 2 * EDGE;
  const dark = code?.flatMap((row, y) => row.map((is, x) => (is ? `M${x + EDGE} ${y + EDGE}h1v1h-1z` : "")));
  return (
    <div className="address">
      {dark ? (
        <svg viewBox={`0 0 ${side} ${side}`} role="img" aria-label={words.code} data-test="qr">
          <path fill="#fff" d={`M0 0h${side}v${side}H0z`} />
          <path fill="#000" d={dark.join("")} />
        </svg>
      ) : null}
      <span>
        <strong data-plain>{address}</strong>
        <br />
        <span className="quiet small">{words.codeWhy}</span>
      </span>
    </div>
  );
}
