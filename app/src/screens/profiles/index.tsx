import { ConeWizard } from "./ConeWizard";
import { Editor } from "./Editor";
import { List } from "./List";
import { RunningSteps } from "./RunningSteps";
import "./profiles.css";

/**
 * `#/profiles`, `#/profiles/edit/NAME`, `#/profiles/new`, `#/profiles/template/N`, `#/profiles/cone`,
 * `#/profiles/running`.
 */
export function Profiles({ rest: [what, name = ""] }: { rest: readonly string[] }) {
  switch (what) {
    case "edit":
      return <Editor key={name} name={name} />;
    case "new":
    case "template":
      return <Editor key={`${what}${name}`} template={what === "template" ? Number(name) : null} />;
    case "cone":
      return <ConeWizard />;
    case "running":
      return <RunningSteps />;
    default:
      return <List />;
  }
}
