// Keys for the queue. They work only while the focus is inside the table, so that they never get in anyone's way.
(() => {
  "use strict";
  const table = document.querySelector("table[data-keys]");
  table?.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const cases = [...table.querySelectorAll("a.case")];
    const row = event.target.closest("tr");
    const at = cases.indexOf(row?.querySelector("a.case"));
    if (event.key === "j") cases[Math.min(at + 1, cases.length - 1)]?.focus();
    else if (event.key === "k") cases[Math.max(at - 1, 0)]?.focus();
    else if (event.key === "c") row?.querySelector("form button")?.click();
    else return;
    event.preventDefault();
  });
})();
