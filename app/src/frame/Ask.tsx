/** A dialog with one question: what is asked, what went wrong, and at its foot the way back and the way on. */
import { type ReactNode, useId } from "react";
import { useWords } from "../words/use";
import { Sheet } from "./Sheet";
import { Trouble } from "./Trouble";
import { frameWords } from "./words";

export function Ask({
  title,
  go,
  onGo,
  onClose,
  children,
  busy = false,
  can = true,
  danger = false,
  wide = false,
  trouble = null,
}: {
  title: string;
  /** The word of the button that goes on. */
  go: string;
  onGo: () => void;
  onClose: () => void;
  children: ReactNode;
  /** While the kiln is asked. */
  busy?: boolean | string;
  /** Whether what is needed to go on is there. */
  can?: boolean;
  /** Whether something is lost by going on. */
  danger?: boolean;
  wide?: boolean;
  trouble?: unknown;
}) {
  const words = useWords(frameWords);
  const form = useId();
  return (
    <Sheet
      title={title}
      onClose={onClose}
      wide={wide}
      footer={
        <>
          <button type="button" onClick={onClose}>
            {words.cancel}
          </button>
          <button
            type="submit"
            form={form}
            className={danger ? "danger" : "main"}
            disabled={busy !== false || !can}
          >
            {busy === false ? go : busy === true ? words.busy : busy}
          </button>
        </>
      }
    >
      <form
        id={form}
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          onGo();
        }}
      >
        {children}
        <Trouble error={trouble} />
      </form>
    </Sheet>
  );
}
