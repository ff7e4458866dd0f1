import "./style/tokens.css";
import "./style/base.css";
import "./frame/frame.css";
import { createRoot } from "react-dom/client";
import { Frame } from "./frame/Frame";
import { askPeople } from "./frame/people";
import { fetchRest } from "./frame/rest";
import { watchAlerts } from "./live/alerts";
import { watchCourse } from "./live/history";
import { watchKiln } from "./live/poll";
import { dress } from "./live/viewer";

dress();
askPeople();
watchCourse();
watchAlerts();
watchKiln();
const root = document.getElementById("app");
if (root) createRoot(root).render(<Frame />);
// The temperature is on the screen before anything else is asked of the kiln.
requestAnimationFrame(() => setTimeout(fetchRest, 50));
