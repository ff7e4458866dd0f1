import { named, putText } from "../../api/client";
import type { ProfileSaved } from "../../generated/wire";

/** Stores a profile of another program under a name; the kiln reads it. `units` where the file has none. */
export const bring = (name: string, file: string, units: "c" | "f" | null): Promise<ProfileSaved> =>
  putText<ProfileSaved>(`/api/profiles/${named(name)}?from=file${units ? `&units=${units}` : ""}`, file, {
    headers: { "If-None-Match": "*" },
  });
