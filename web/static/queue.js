// Keys of the queue: only while no field has the focus, and never together with Ctrl, Alt or Meta. Everything they do is
// a link or a button of the page as well. They can be switched off in the list of keys (WCAG 2.2, 2.1.4).
(() => {
  "use strict";
  const OFF = "queue-keys-off";
  const list = document.getElementById("keys");
  const toggle = document.getElementById("keys-on");
  const rows = [...document.querySelectorAll("table[data-keys] tbody tr")];
  const link = (row) => row?.querySelector("a.case");
  const current = () => rows.find((row) => row.contains(document.activeElement));
  const move = (by) => {
    const at = rows.indexOf(current());
    link(rows[at < 0 ? 0 : Math.min(Math.max(at + by, 0), rows.length - 1)])?.focus();
  };
  const stored = () => { try { return localStorage.getItem(OFF); } catch { return null; } };
  if (toggle) {
    toggle.checked = stored() === null;
    toggle.closest("p").hidden = false;
    toggle.addEventListener("change", () => {
      try { toggle.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1"); } catch { /* for this page */ }
    });
  }
  const acts = {
    j: () => move(1),
    k: () => move(-1),
    Enter: () => link(current())?.click(),
    c: () => current()?.querySelector(".do button")?.click(),
    x: () => current()?.querySelector(".mark-it input")?.click(),
    n: () => document.getElementById("next")?.click(),
    "/": () => document.getElementById("q")?.focus(),
    "?": () => { list.open = !list.open; list.querySelector("summary").focus(); },
  };
  const busy = (place) => place.closest("input:not([type=checkbox]), select, textarea, [contenteditable]");
  const own = (place) => place.closest("a, button, summary");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || busy(event.target)) return;
    if (!Object.hasOwn(acts, event.key) || (toggle && !toggle.checked && event.key !== "?")) return;
    if (event.key === "Enter" && (own(event.target) || !current())) return;
    event.preventDefault();
    acts[event.key]();
  });
})();
