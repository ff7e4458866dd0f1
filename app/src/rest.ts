/** What the first paint does without: every screen but the kiln's own, and the charts. One file, fetched once. */
export { Diagnostics } from "./screens/diagnostics";
export { History } from "./screens/history";
export { KilnCourse } from "./screens/kiln/KilnCourse";
export { Profiles } from "./screens/profiles";
export { Settings } from "./screens/settings";
export { Tuning } from "./screens/tuning";
