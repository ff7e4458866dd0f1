import { useEffect, useRef } from "react";
import { kiln } from "../live/kiln";
import { allowSound } from "../live/sound";
import { unitsNow, useViewer } from "../live/viewer";
import { SCREENS } from "../screens";
import { UNKNOWN } from "../units/format";
import { useWords } from "../words/use";
import { Banners } from "./Banners";
import { Guard } from "./Guard";
import { Nav } from "./Nav";
import { Questions } from "./Questions";
import { useRoute } from "./router";
import { Says } from "./Says";
import { isProbeOpen } from "./state";
import { TopBar } from "./TopBar";
import { frameWords } from "./words";

export function Frame() {
  const words = useWords(frameWords);
  const { screen, rest } = useRoute();
  const Screen = SCREENS[screen] ?? SCREENS.kiln;
  const main = useRef<HTMLElement>(null);
  const shown = useRef(screen);
  useTitle();
  useEffect(() => {
    if (shown.current === screen) return;
    shown.current = screen;
    scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [screen]);
  useEffect(() => {
    addEventListener("pointerdown", allowSound, { once: true });
    return () => removeEventListener("pointerdown", allowSound);
  }, []);
  return (
    <>
      <button type="button" className="skip" onClick={() => main.current?.focus()}>
        {words.skip}
      </button>
      <TopBar screen={screen} />
      <Banners />
      <main id="main" ref={main} tabIndex={-1} data-under>
        <Guard screen={screen}>{Screen ? <Screen rest={rest} /> : null}</Guard>
      </main>
      <div id="sheets" />
      <Questions />
      <Says />
      <Nav screen={screen} place="tabs" />
    </>
  );
}

/** The temperature in the window's title: seen from another tab. */
function useTitle(): void {
  const { unit } = useViewer();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the figures are written anew when the unit changes
  useEffect(() => {
    const title = () => {
      const { status, info, link } = kiln.get();
      const temp = isProbeOpen(status) ? UNKNOWN : unitsNow().temp(status?.temp_c ?? null);
      const alarm = status?.fault ? "⚠ " : "";
      document.title = `${alarm}${link === "live" ? temp : `(${temp})`} · ${info?.name || "pico-kiln"}`;
    };
    title();
    return kiln.watch(title);
  }, [unit]);
}
