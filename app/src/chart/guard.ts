/**
 * Before uPlot: 1.6.32 makes a number format of `navigator.language` as it is loaded, and throws where that is none
 * (a container's `C`). Its issue 1053; the mend is not yet in what is published.
 */
import { isTag } from "../units/locale";

if (typeof navigator !== "undefined" && !isTag(navigator.language)) {
  Object.defineProperty(navigator, "language", { value: "en", configurable: true });
}
