/**
 * A dialog below the top bar: temperature, state and stop stay where they are. So it is not modal in the browser's
 * sense; what lies under it is made inert instead.
 */
import { type ReactNode, useEffect, useId, useRef } from "react";
import { createPortal } from "react-dom";
import { useWords } from "../words/use";
import { CloseIcon } from "./icons";
import { frameWords } from "./words";

let open = 0;

const under = () => document.querySelectorAll<HTMLElement>("[data-under]");

export function Sheet({
  title,
  onClose,
  children,
  footer,
  wide = false,
}: {
  title: string;
  onClose: () => void;
  children: ReactNode;
  /** Buttons at its foot, the one that goes on last. */
  footer?: ReactNode;
  wide?: boolean;
}) {
  const words = useWords(frameWords);
  const id = useId();
  const box = useRef<HTMLDialogElement>(null);
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const before = document.activeElement;
    const leave = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      event.preventDefault();
      close.current();
    };
    open += 1;
    for (const part of under()) part.inert = true;
    addEventListener("keydown", leave);
    const first = box.current?.querySelector<HTMLElement>("[autofocus], input, select, textarea");
    (first ?? box.current)?.focus();
    return () => {
      open -= 1;
      removeEventListener("keydown", leave);
      if (open === 0) for (const part of under()) part.inert = false;
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  const sheets = document.getElementById("sheets");
  if (!sheets) return null;
  return createPortal(
    <div className="sheet-veil">
      <dialog open ref={box} className={wide ? "sheet wide" : "sheet"} aria-labelledby={id} tabIndex={-1}>
        <div className="sheet-head">
          <h2 id={id}>{title}</h2>
          <button type="button" className="icon" onClick={onClose} aria-label={words.close}>
            <CloseIcon />
          </button>
        </div>
        <div className="sheet-body">{children}</div>
        {footer ? <div className="sheet-foot">{footer}</div> : null}
      </dialog>
    </div>,
    sheets,
  );
}
