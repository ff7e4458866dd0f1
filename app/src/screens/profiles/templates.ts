/** The profiles that come with the program, to begin from. */
import bisque from "../../../../examples/profiles/bisque-cone-04.json";
import crystalline from "../../../../examples/profiles/crystalline-controlled-cooling.json";
import glass from "../../../../examples/profiles/glass-full-fuse.json";
import glaze from "../../../../examples/profiles/glaze-cone-6.json";
import toCone from "../../../../examples/profiles/glaze-to-cone-6.json";
import type { Profile } from "../../generated/wire";

export const TEMPLATES = [
  bisque,
  glaze,
  toCone,
  crystalline,
  glass,
] as readonly unknown[] as readonly Profile[];
