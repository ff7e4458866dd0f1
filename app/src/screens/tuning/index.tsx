import { useStatus } from "../../live/kiln";
import { Begin } from "./Begin";
import { Live } from "./Live";
import { Overview } from "./Overview";
import { Result } from "./Result";
import "./tuning.css";

/** `#/tuning`, `#/tuning/begin`, `#/tuning/run/ID`, `#/tuning/file`; while a run goes on, the run. */
export function Tuning({ rest: [what, id = ""] }: { rest: readonly string[] }) {
  const status = useStatus();
  if (status?.state === "tuning") return <Live />;
  switch (what) {
    case "begin":
      return <Begin />;
    case "live":
      return <Live />;
    case "run":
    case "file":
      return <Result key={`${what}${id}`} id={what === "run" ? id : null} />;
    default:
      return <Overview />;
  }
}
