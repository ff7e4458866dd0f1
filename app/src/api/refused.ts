import type { ErrorBody } from "../generated/wire";

/** The kiln's own no: code and figures, said in the viewer's words when it is shown. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly error: ErrorBody,
  ) {
    super(error.message);
    this.name = "Refused";
  }

  get code(): string {
    return this.error.code;
  }
}

/** No answer, or none that can be understood: nobody knows whether the kiln did it. */
export class Unreachable extends Error {
  constructor(readonly why: "no_answer" | "not_understood") {
    super(why);
    this.name = "Unreachable";
  }
}

/** Reads a refusal; what is none is an answer that cannot be understood. */
export function refusalOf(status: number, text: string): Refused | Unreachable {
  try {
    const { error } = JSON.parse(text) as { error?: Partial<ErrorBody> };
    if (typeof error?.code === "string") {
      const { code, message = "", params = {} } = error;
      return new Refused(status, { ...error, code, message, params });
    }
  } catch {
    // Not JSON.
  }
  return new Unreachable("not_understood");
}
