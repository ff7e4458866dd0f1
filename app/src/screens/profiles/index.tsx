import { ConeWizard } from "./ConeWizard";
import { Editor } from "./Editor";
import { List } from "./List";
import { RunningSteps } from "./RunningSteps";
import "./profiles.css";

/** `#/profiles`, `#/profiles/NAME`; `#/profiles/-/new`, `…/template/N`, `…/cone`, `…/running`: no file is named `-`. */
export function Profiles({ rest: [name, what, which = ""] }: { rest: readonly string[] }) {
  if (name === undefined) return <List />;
  if (name !== "-") return <Editor key={name} name={name} />;
  switch (what) {
    case "cone":
      return <ConeWizard />;
    case "running":
      return <RunningSteps />;
    default:
      return <Editor key={`${what}${which}`} template={what === "template" ? Number(which) : null} />;
  }
}
