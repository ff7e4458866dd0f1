import { Compare } from "./Compare";
import { Detail } from "./Detail";
import { List } from "./List";
import { Wear } from "./Wear";
import "./history.css";

/** `#/history`, `#/history/run/ID`, `#/history/compare/ID/ID…`, `#/history/wear`. */
export function History({ rest: [what, ...rest] }: { rest: readonly string[] }) {
  const [id = ""] = rest;
  switch (what) {
    case "run":
      return <Detail key={id} id={id} />;
    case "compare":
      return <Compare key={rest.join()} ids={rest} />;
    case "wear":
      return <Wear />;
    default:
      return <List />;
  }
}
