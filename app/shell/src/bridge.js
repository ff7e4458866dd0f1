// Runs before the page of one kiln: its requests go through the program, which asks each kiln with one poller and keeps
// the token. What it sets is described in app/src/api/transport.ts.
(() => {
  const kiln = Number(new URL(location.href).searchParams.get("kiln"));
  const { invoke } = window.__TAURI__.core;
  const KEPT = "kept-by-the-shell";
  const LOOK_MS = 400;
  const LIKED = "kiln.viewer";

  // What the viewer likes in the page holds for what is told, too.
  let told = "";
  const tellWishes = () => {
    let liked = {};
    try {
      liked = JSON.parse(localStorage.getItem(LIKED) ?? "{}");
    } catch {}
    const french = liked.tongue ? liked.tongue === "fr" : navigator.language.startsWith("fr");
    const fahrenheit = liked.unit ? liked.unit === "f" : navigator.language.endsWith("-US");
    const names = {
      step: "step_reached",
      holdEnding: "hold_ends",
      complete: "completed",
      safeToOpen: "safe_to_open",
    };
    const wanted = { step: false, ...liked.alerts };
    const off = Object.keys(names)
      .filter((name) => wanted[name] === false)
      .map((name) => names[name]);
    const wishes = { language: french ? "fr" : "en", unit: fahrenheit ? "f" : "c", off };
    const text = JSON.stringify(wishes);
    if (text !== told)
      invoke("wish", { wishes }).then(
        () => {
          told = text;
        },
        () => {},
      );
  };
  tellWishes();
  setInterval(tellWishes, 2000);

  if (!Number.isInteger(kiln) || kiln < 1) return;

  const shell = {
    home: "index.html",
    notifies: true,
    // The page need not know it: the program puts it in, and the kiln says when there is none.
    token: KEPT,
    send: (request) => invoke("send", { kiln, request }),
    keepToken(token) {
      if (token === null) invoke("unpair", { kiln }).catch(() => {});
    },
    watch(tell) {
      let number = 0;
      let ended = false;
      const look = async () => {
        if (ended) return;
        try {
          const newer = await invoke("status", { kiln, after: number });
          if (newer) {
            number = newer.number;
            tell(newer.text);
          }
        } catch {}
        setTimeout(look, LOOK_MS);
      };
      look();
      return () => {
        ended = true;
      };
    },
  };
  invoke("about").then(
    (about) => {
      shell.notifies = about.notifies;
    },
    () => {},
  );
  window.kilnShell = shell;
})();
