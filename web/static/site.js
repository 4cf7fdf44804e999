// Niceties only: every page works without this file.
(() => {
  "use strict";
  // A form is sent once, however often its button is pressed.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    form.querySelectorAll("button").forEach((button) => button.setAttribute("aria-disabled", "true"));
  });
  // Coming back with the browser's button finds the form ready again.
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    form.querySelectorAll("button").forEach((button) => button.removeAttribute("aria-disabled"));
  }));
  // The list of mistakes is read out first.
  document.getElementById("problems")?.focus();
  // Questions that depend on an answer of the same page show when it is given.
  const holds = (rule, answers) => {
    const [verb, ...rest] = rule;
    if (verb === "and") return rest.every((part) => holds(part, answers));
    if (verb === "or") return rest.some((part) => holds(part, answers));
    if (verb === "not") return answers.has(rest[0][1]) && !holds(rest[0], answers);
    return answers.getAll(rest[0]).some((given) => rest[1].includes(given));
  };
  document.querySelectorAll("form").forEach((form) => {
    const parts = [...form.querySelectorAll("[data-when]")].map((part) => [part, JSON.parse(part.dataset.when)]);
    if (!parts.length) return;
    parts.forEach(([part]) => { part.classList.remove("only-if"); part.querySelector(".when")?.remove(); });
    const update = () => {
      const answers = new FormData(form);
      parts.forEach(([part, rule]) => { part.hidden = !holds(rule, answers); });
    };
    form.addEventListener("change", update);
    update();
  });
  // A postcode fills in its address, or offers the places that it stands for.
  document.querySelectorAll("[data-address]").forEach((finder) => {
    const box = finder.closest("fieldset"), choice = finder.nextElementSibling, select = choice.querySelector("select");
    const part = (name) => box.querySelector(`[name="${finder.dataset.address}.${name}"]`);
    const put = (place) => {
      ["prefecture", "city"].forEach((name) => { part(name).value = place[name]; });
      if (!part("street").value) part("street").value = place.street;
      choice.hidden = true;
      part("street").focus();
    };
    let places = [];
    const find = async () => {
      const digits = part("postcode").value.normalize("NFKC").replace(/\D/g, "");
      if (digits.length !== 7) return false;
      const answer = await fetch(`/postcodes/${digits}`).catch(() => null);
      if (!answer?.ok) return false;
      ({ places } = await answer.json());
      if (!places.length) return false;
      if (places.length === 1) { put(places[0]); return true; }
      select.length = 1;
      places.forEach((place, n) => {
        const option = new Option(place.prefecture + place.city + place.street, n + 1);
        option.lang = "ja";
        select.add(option);
      });
      choice.hidden = false;
      select.focus();
      return true;
    };
    const button = finder.querySelector("button");
    button.addEventListener("click", async (event) => {
      if (button.dataset.asked) return;
      event.preventDefault();
      if (await find()) return;
      button.dataset.asked = "1"; // the server says what is wrong
      button.click();
    });
    choice.querySelector("button").addEventListener("click", (event) => {
      if (!places[select.value - 1]) return;
      event.preventDefault();
      put(places[select.value - 1]);
    });
  });
  // A page that waits for news looks again by itself, quietly, for two minutes.
  const waiting = document.querySelector("[data-reload]");
  const look = async (left) => {
    const answer = await fetch(location.href, { cache: "no-store" }).catch(() => null);
    if (answer?.ok && !(await answer.text()).includes("data-reload")) location.reload();
    else if (left) setTimeout(look, waiting.dataset.reload * 1000, left - 1);
  };
  if (waiting) setTimeout(look, waiting.dataset.reload * 1000, 40);
  // A language menu closes when one clicks elsewhere or presses Escape.
  const tongue = document.querySelector(".tongue");
  document.addEventListener("click", (event) => { if (tongue?.open && !tongue.contains(event.target)) tongue.open = false; });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && tongue?.open) { tongue.open = false; tongue.querySelector("summary").focus(); } });
})();
