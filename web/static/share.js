// The link for paying is copied with one press; without this file it is selected and copied by hand.
(() => {
  "use strict";
  document.querySelectorAll("[data-copy]").forEach((button) => {
    const input = document.getElementById(button.dataset.copy), said = button.nextElementSibling;
    button.hidden = false;
    button.addEventListener("click", async () => {
      input.select();
      try { await navigator.clipboard.writeText(input.value); } catch { document.execCommand("copy"); }
      said.textContent = button.dataset.done;
    });
  });
})();
