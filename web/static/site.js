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
  // That this runs, for the count of those for whom it does not.
  document.querySelectorAll("[data-script]").forEach((input) => { input.value = "1"; });
  // The list of mistakes is read out first.
  document.getElementById("problems")?.focus();
  // Questions that depend on an answer of the same page show when it is given.
  const holds = (rule, answers) => {
    const [verb, ...rest] = rule;
    if (verb === "and") return rest.every((part) => holds(part, answers));
    if (verb === "or") return rest.some((part) => holds(part, answers));
    if (verb === "not") return answers.getAll(rest[0][1]).some(Boolean) && !holds(rest[0], answers);
    return answers.getAll(rest[0]).some((given) => rest[1].includes(given));
  };
  const answersOf = (form) => {
    const answers = new FormData(form);
    form.querySelectorAll(".depends[hidden] [name]").forEach((input) => answers.delete(input.name));
    return answers;
  };
  const show = (part, shown) => {
    part.hidden = !shown;
    const input = part.matches("option") ? part : part.matches(".choice") ? part.querySelector("input") : null;
    if (!input) return;
    input.disabled = !shown;
    if (!shown) input.checked = input.selected = false;
  };
  document.querySelectorAll("form").forEach((form) => {
    const parts = [...form.querySelectorAll("[data-when]")].map((part) => [part, JSON.parse(part.dataset.when)]);
    // An option such as "none of these" takes the others back, and they take it back.
    form.addEventListener("change", ({ target }) => {
      if (target.type !== "checkbox" || !target.checked) return;
      form.querySelectorAll(`input[name="${CSS.escape(target.name)}"]`).forEach((other) => {
        if (other !== target && ("alone" in target.dataset || "alone" in other.dataset)) other.checked = false;
      });
    });
    if (!parts.length) return;
    parts.forEach(([part]) => { part.classList.replace("only-if", "depends"); part.querySelector(".when")?.remove(); });
    const update = () => parts.forEach(([part, rule]) => show(part, holds(rule, answersOf(form))));
    form.addEventListener("change", update);
    update();
  });
  // How much room a text has left: at once for the eye, after a pause for the ear.
  document.querySelectorAll("[data-room]").forEach((room) => {
    const input = document.getElementById(room.dataset.room), ear = document.createElement("span");
    ear.className = "hush";
    ear.setAttribute("role", "status");
    room.after(ear);
    let pause;
    const update = () => {
      const text = input.value.trim();
      const used = room.dataset.counted === "words" ? text.split(/\s+/).filter(Boolean).length : [...text].length;
      const left = room.dataset.most - used;
      room.textContent = (left < 0 ? room.dataset.over : room.dataset.left).replace("#", Math.abs(left));
      room.classList.toggle("over", left < 0);
    };
    input.addEventListener("input", () => {
      update();
      clearTimeout(pause);
      pause = setTimeout(() => { ear.textContent = room.textContent; }, 1500);
    });
    update();
  });
  // A long list is found by typing; what is typed and stands in no list is sent as it is, so that nothing is lost.
  const alike = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
  document.querySelectorAll("select[data-find]").forEach((select) => {
    const options = [...select.options].filter((option) => option.value);
    const box = document.createElement("input"), list = document.createElement("datalist"), help = document.createElement("p");
    options.forEach((option) => list.append(new Option("", option.textContent)));
    [box.id, select.id, list.id, help.id] = [select.id, `${select.id}-list`, `${select.id}-found`, `${select.id}-find`];
    Object.assign(box, { className: "input", type: "text", autocomplete: "off" });
    box.setAttribute("list", list.id);
    box.setAttribute("aria-describedby", `${help.id} ${select.getAttribute("aria-describedby") ?? ""}`.trim());
    if (select.hasAttribute("aria-invalid")) box.setAttribute("aria-invalid", "true");
    Object.assign(help, { className: "hint", textContent: select.dataset.find });
    box.value = select.dataset.typed ?? (select.value && select.selectedOptions[0].textContent);
    const take = () => {
      const found = options.find((option) => !option.disabled && alike(option.textContent) === alike(box.value));
      select.value = found?.value ?? "";
      const name = select.dataset.name ??= select.name;
      [select.name, box.name] = found || !box.value.trim() ? [name, ""] : ["", name];
    };
    box.addEventListener("input", take);
    select.hidden = true;
    select.before(help, box, list);
    take();
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
