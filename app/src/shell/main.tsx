import "../style/tokens.css";
import "../style/base.css";
import "../frame/frame.css";
import "./kilns.css";
import { createRoot } from "react-dom/client";
import { dress } from "../live/viewer";
import { Kilns } from "./Kilns";

dress();
const root = document.getElementById("app");
if (root) createRoot(root).render(<Kilns />);
