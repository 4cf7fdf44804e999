// A running batch: its page is asked for again until it is over, and what it says is put in the old one's place.
"use strict";
(() => {
  const PAUSE = 1500;
  const look = async () => {
    const here = document.getElementById("batch-state");
    if (!here || !here.hasAttribute("data-running")) return;
    try {
      const answer = await fetch(location.href, { credentials: "same-origin" });
      if (answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = page.getElementById("batch-state");
        if (fresh && !here.contains(document.activeElement)) here.replaceWith(fresh);
      }
    } catch {
      // The network comes back, or the link on the page is there.
    }
    setTimeout(look, PAUSE);
  };
  setTimeout(look, PAUSE);
})();
