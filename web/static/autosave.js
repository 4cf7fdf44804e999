// Keeps what is being typed, after a pause and when the page is left. Every page works without this file.
(() => {
  "use strict";
  const form = document.querySelector("form[data-keep]"), line = document.getElementById("kept");
  if (!form || !line) return;
  const words = line.querySelector("span"), signIn = line.querySelector("a"), ear = document.getElementById("kept-said");
  const PAUSE = 1500, FIRST_RETRY = 5000, LAST_RETRY = 60000;
  let timer, retry = FIRST_RETRY, stopped = false, sending = false, said = "", kept = null;

  // Files are kept by their own button; the button that is pressed is no text.
  const body = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
  const typed = () => {
    const some = body();
    ["csrf_token", "seen", "kept:version", "kept:window", "told", "drawn", "script"].forEach((name) => some.delete(name));
    return some.toString();
  };
  const tell = (what, time = "") => {
    line.hidden = false;
    words.textContent = line.dataset[what].replace("#", time);
    signIn.hidden = what !== "session";
    if (said !== what) ear.textContent = words.textContent; // once, not with every pause
    said = what;
  };
  const later = (wait) => { clearTimeout(timer); timer = setTimeout(keep, wait); };
  const failed = (what) => {
    tell(what);
    later(retry);
    retry = Math.min(retry * 2, LAST_RETRY);
  };

  const keep = async (leaving = false) => {
    const now = typed();
    if (stopped || now === kept || (sending && !leaving)) return;
    sending = true;
    const answer = await fetch(form.dataset.keep, { method: "POST", body: body(), keepalive: leaving }).catch(() => null);
    sending = false;
    if (!answer || answer.status >= 500) return failed("line");
    if (answer.status === 401 || answer.status === 403) return failed("session");
    const told = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : { why: "gone" };
    if (!answer.ok || !("version" in told)) {
      stopped = told.why !== "long";
      return tell(told.why in line.dataset ? told.why : "gone");
    }
    kept = now;
    retry = FIRST_RETRY;
    form.elements["kept:version"].value = told.version;
    tell("saved", told.at);
    if (typed() !== kept) later(PAUSE);
  };

  // After signing in in another window this page needs the token of the new session.
  const renew = async () => {
    if (said !== "session") return;
    const answer = await fetch(location.href, { cache: "no-store" }).catch(() => null);
    const token = answer?.ok && !answer.redirected && /name="csrf_token" value="([^"]+)"/.exec(await answer.text());
    if (!token) return;
    document.querySelectorAll('input[name="csrf_token"]').forEach((input) => { input.value = token[1]; });
    keep();
  };

  kept = typed();
  form.addEventListener("input", () => later(PAUSE));
  form.addEventListener("change", () => later(PAUSE));
  form.addEventListener("submit", () => { stopped = true; clearTimeout(timer); });
  addEventListener("pageshow", (event) => { if (event.persisted) stopped = false; });
  addEventListener("online", () => keep());
  addEventListener("focus", renew);
  addEventListener("pagehide", () => keep(true));
  document.addEventListener("visibilitychange", () => (document.hidden ? keep(true) : renew()));
})();
