// Sends files piece by piece as soon as they are chosen, and goes on after a broken line. Without it the plain form does.
(() => {
  "use strict";
  const words = JSON.parse(document.currentScript.dataset.words);
  const form = document.querySelector("form[enctype]");
  if (!form || !globalThis.crypto?.subtle) return;
  const BASE = `/applications/${new URL(form.action).pathname.split("/")[2]}/uploads`;
  const token = () => form.elements.csrf_token.value; // another one after signing in again in another window
  const SIDE = 2400; // pixels: a page of A4 at 200 dots an inch
  const LIGHT = 1.2e6; // bytes: lighter photos stay as they are
  const [LEAST, MOST] = [32 * 1024, 1024 * 1024]; // bytes of a piece
  const TOO_SLOW = 60_000; // milliseconds without an answer
  const say = (name, ...values) => words[name].replace(/[#@]/g, (mark) => values["#@".indexOf(mark)] ?? "").trim();
  const make = (tag, facts = {}, ...inside) => {
    const node = Object.assign(document.createElement(tag), facts);
    node.append(...inside);
    return node;
  };

  // What is told to the ear, one sentence at a time.
  const ear = make("p", { className: "hush" });
  ear.setAttribute("role", "status");
  const hold = make("p", { className: "hint hold" });
  form.append(hold, ear);
  const tell = (sentence) => { ear.textContent = sentence; };

  class Refused extends Error {
    constructor(sentence, again = false) { super(sentence); this.again = again; }
  }

  // One request: an answer, or null when the line broke or the server is in trouble.
  const ask = async (path, signal, options = {}) => {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), TOO_SLOW);
    const stop = () => late.abort();
    signal?.addEventListener("abort", stop);
    try {
      const answer = await fetch(path, { ...options, redirect: "manual", signal: late.signal, headers: { "X-CSRF-Token": token(), ...options.headers } });
      const told = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : {};
      if (answer.status >= 500 && !told.words) return null;
      return { ...told, status: answer.status || 401 }; // a way to sign in again shows as status 0
    } catch {
      if (signal?.aborted) throw new DOMException("", "AbortError");
      return null;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stop);
    }
  };
  const post = (path, facts) => ({ path, options: { method: "POST", body: new URLSearchParams(facts) } });

  // Waits longer each time, and no longer once the browser says that there is a line again.
  const pause = (times, signal) => new Promise((go) => {
    const timer = setTimeout(go, Math.min(30_000, 700 * 2 ** times) * (0.75 + Math.random() / 2));
    addEventListener("online", () => { clearTimeout(timer); setTimeout(go, 300); }, { once: true, signal });
    signal.addEventListener("abort", () => { clearTimeout(timer); go(); }, { once: true });
  });
  const patiently = async (row, request) => {
    for (let times = 0; ; times++) {
      const { path, options } = request();
      const answer = await ask(path, row.signal, options);
      if (answer?.status === 503 && times >= 3) throw new Refused(answer.words, true);
      if (answer && answer.status !== 503) return answer;
      if (!answer) { row.show("line", row.percent); row.broken(); }
      await pause(times, row.signal);
      row.signal.throwIfAborted();
    }
  };

  // Large photos get smaller before they are sent; turned upright, since what is drawn has no such mark. PDFs stay.
  const lighter = async (file) => {
    if (!/^image\/(jpeg|png|webp|hei[cf])$/.test(file.type) || file.size < LIGHT) return file;
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
    if (!picture) return file; // the server knows kinds that this browser does not
    const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
    const canvas = make("canvas", { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const drawn = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
    return drawn && drawn.size < file.size ? drawn : file;
  };
  const digest = async (bytes) =>
    [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))].map((one) => one.toString(16).padStart(2, "0")).join("");

  // Everything that one file goes through. `piece` follows the line: larger while it is quick, smaller when it breaks.
  const send = async (row, box, file) => {
    row.show("preparing");
    const light = await lighter(file);
    if (light.size > box.megabytes * 1024 * 1024) throw new Refused(say("too_large", box.megabytes));
    const bytes = await light.arrayBuffer(), sha256 = await digest(bytes);
    const begin = () => post(BASE, { field: box.field, name: file.name, size: bytes.byteLength, sha256 });
    row.signal.throwIfAborted();
    for (let tries = 0; tries < 3; tries++) {
      const begun = accepted(await patiently(row, begin));
      row.place = `${BASE}/${begun.id}`;
      if (!await pieces(row, bytes, begun.offset)) continue; // given up by the server meanwhile
      row.show("checking");
      const kept = await patiently(row, () => post(`${row.place}/finish`, { input: box.name }));
      if (kept.status !== 404 && kept.status !== 409) return accepted(kept);
    }
    throw new Refused(say("reopen"));
  };
  const accepted = (answer) => {
    if (answer.status < 300) return answer;
    throw new Refused(answer.words ?? say("reopen"));
  };
  const pieces = async (row, bytes, offset) => {
    const size = bytes.byteLength;
    let piece = LEAST * 4;
    row.broken = () => { piece = Math.max(LEAST, piece / 2); };
    while (offset < size) {
      row.show("sending", row.percent = Math.floor(100 * offset / size));
      const began = performance.now();
      const answer = await ask(row.place, row.signal, {
        method: "POST",
        body: bytes.slice(offset, offset + piece),
        headers: { "Upload-Offset": String(offset), "Content-Type": "application/octet-stream" },
      });
      if (answer === null) {
        row.broken();
        row.show("line", row.percent);
        await pause(0, row.signal);
        const standing = await patiently(row, () => ({ path: row.place })); // what has really arrived
        if (standing.status === 404) return false;
        offset = accepted(standing).offset;
        continue;
      }
      if (answer.status === 404) return false;
      if (answer.status !== 409) accepted(answer);
      offset = answer.offset;
      const took = performance.now() - began;
      if (took < 1500) piece = Math.min(MOST, piece * 2);
      else if (took > 6000) piece = Math.max(LEAST, piece / 2);
    }
    row.percent = 100;
    return true;
  };

  // A row of a file on its way: what the eye sees of it.
  const newRow = (box, file) => {
    const state = make("span", { className: "soft small" });
    const bar = make("progress", { max: 100, value: 0 });
    bar.setAttribute("aria-label", file.name);
    const stop = make("button", { type: "button", className: "linklike" });
    const label = (name) => stop.replaceChildren(say(name), make("span", { className: "hush", textContent: `（${file.name}）` }));
    const seen = file.type.startsWith("image/") ? make("img", { src: URL.createObjectURL(file), alt: "", width: 56, height: 56 })
      : make("span", { className: "kind", textContent: "PDF", ariaHidden: "true" });
    seen.addEventListener("error", () => seen.replaceWith(make("span", { className: "kind" })));
    const item = make("li", {}, make("span", { className: "what" }, seen, make("span", {}, file.name, bar, state)),
      make("span", { className: "does" }, stop));
    const control = new AbortController();
    const row = {
      item, seen, stop, label, percent: 0, place: "", signal: control.signal, broken() {},
      show(name, percent) {
        const before = state.textContent;
        state.textContent = say(name, percent);
        if (percent !== undefined) bar.value = percent;
        if (name === "line" && state.textContent !== before) tell(`${file.name}: ${state.textContent}`);
      },
      fail(sentence, again) {
        item.classList.add("bad");
        bar.remove();
        state.className = "error small";
        state.textContent = sentence;
        label("dismiss");
        stop.onclick = () => { item.remove(); box.tidy(); box.choose.focus(); };
        if (!again) return;
        const retry = make("button", { type: "button", className: "linklike", textContent: say("again") });
        retry.onclick = () => { item.remove(); box.take([file]); box.choose.focus(); };
        stop.before(retry);
      },
    };
    label("cancel");
    stop.onclick = () => control.abort();
    row.show("waiting_turn");
    return row;
  };

  // One file after the other, whatever question it is for.
  let line = Promise.resolve(), under_way = 0, onward = null, trouble = false;
  const enqueue = (box, file) => {
    const row = newRow(box, file);
    box.coming.append(row.item);
    under_way++;
    line = line.then(async () => {
      try {
        row.signal.throwIfAborted();
        tell(say("start", file.name));
        box.arrived(row, file, await send(row, box, file));
      } catch (error) {
        if (row.signal.aborted) {
          row.item.remove();
          if (row.place) ask(`${row.place}/drop`, null, { method: "POST" });
          tell(say("cancelled", file.name));
          box.choose.focus();
        } else {
          trouble = true;
          row.fail(error instanceof Refused ? error.message : say("reopen"), error.again);
          tell(say("failed", file.name, error instanceof Refused ? error.message : say("reopen")));
        }
      }
      box.tidy();
      if (!--under_way) goOn();
    });
  };

  // Who presses "next" while files are on their way goes on when they have arrived.
  const goOn = () => {
    const button = onward;
    onward = null;
    hold.textContent = "";
    if (button && !trouble) form.requestSubmit(button);
  };
  form.addEventListener("submit", (event) => {
    if (!under_way) return;
    event.preventDefault();
    event.stopPropagation();
    [onward, trouble] = [event.submitter, false];
    hold.textContent = say("hold");
    tell(hold.textContent);
  }, true);
  addEventListener("beforeunload", (event) => { if (under_way) event.preventDefault(); });

  // The plain form does what the buttons of the list say; its answer is read instead of shown.
  const press = async (name, value) => {
    const facts = new FormData(form);
    facts.append(name, value);
    const answer = await fetch(form.action, { method: "POST", body: facts }).catch(() => null);
    if (!answer) return null;
    if (!answer.ok || new URL(answer.url).pathname !== new URL(form.action).pathname) return "refused";
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  };
  const remove = async (box, button) => {
    const item = button.closest("li"), name = item.querySelector("a").textContent, next = item.nextElementSibling;
    button.setAttribute("aria-disabled", "true");
    const page = await press(button.name, button.value);
    if (page === "refused") { button.dataset.plain = "1"; button.click(); return; }
    button.removeAttribute("aria-disabled");
    if (!page) { tell(say("not_saved")); hold.textContent = say("not_saved"); return; }
    hold.textContent = "";
    ["seen", "kept:version"].forEach((name) => { // what the page now stands on
      const fresh = page.querySelector(`input[name="${name}"]`), here = form.elements[name];
      if (fresh && here) here.value = fresh.value;
    });
    item.remove();
    box.tidy();
    (next?.querySelector(".danger") ?? box.choose).focus();
    tell(say("removed", name));
  };
  let saving;
  const move = (box, button) => {
    const item = button.closest("li"), up = button.classList.contains("up");
    const other = up ? item.previousElementSibling : item.nextElementSibling;
    if (!other) return;
    up ? other.before(item) : other.after(item);
    [button, item.querySelector(up ? ".down" : ".up")].find((one) => getComputedStyle(one).display !== "none").focus();
    tell(say("moved", item.querySelector("a").textContent, [...box.list.children].indexOf(item) + 1));
    clearTimeout(saving); // the order travels with the form as well, so nothing is lost when this is
    saving = setTimeout(() => press("upload", box.name), 800);
  };

  document.querySelectorAll("[data-upload]").forEach((part) => {
    const input = part.querySelector("input[type=file]"), sent = part.querySelector(".sent"), list = sent.querySelector(".files");
    const box = {
      name: part.dataset.upload, field: input.dataset.field, megabytes: Number(input.dataset.megabytes),
      list, coming: make("ul", { className: "files", hidden: true }),
      choose: make("button", { type: "button", className: "button second small", textContent: say("choose") }),
      tidy() { sent.hidden = !list.children.length; this.coming.hidden = !this.coming.children.length; },
      arrived(row, file, kept) {
        const item = new DOMParser().parseFromString(kept.row, "text/html").querySelector("li");
        const seen = item.querySelector("img");
        if (seen && row.seen.isConnected && row.seen.matches("img")) seen.src = row.seen.src;
        row.item.remove();
        list.querySelector(`[data-file="${CSS.escape(kept.id)}"]`)?.remove();
        list.append(item);
        tell(say("sent", file.name, kept.removed));
      },
      take(files) {
        const room = Number(input.dataset.most || 100) - list.children.length - this.coming.querySelectorAll("li:not(.bad)").length;
        part.querySelectorAll("[data-unfinished]").forEach((hint) => { hint.hidden = true; });
        [...files].forEach((file, n) => {
          if (n < room) { enqueue(this, file); return; }
          const row = newRow(this, file), sentence = say("too_many", input.dataset.most);
          this.coming.append(row.item);
          row.fail(sentence);
          tell(say("failed", file.name, sentence));
        });
        this.tidy();
      },
    };
    const ways = make("div", { className: "ways" }, box.choose);
    const shown = input.getAttribute("aria-describedby");
    [box.choose.id, input.id] = [input.id, `${input.id}-input`];
    const label = document.querySelector(`label[for="${CSS.escape(box.choose.id)}"]`);
    label.id ||= `${box.choose.id}-label`;
    const named = (button, id) => {
      button.id = id;
      button.setAttribute("aria-labelledby", `${id} ${label.id}`);
      if (shown) button.setAttribute("aria-describedby", shown);
    };
    named(box.choose, box.choose.id);
    box.choose.addEventListener("click", () => input.click());
    const taken = ({ target }) => { box.take(target.files); target.value = ""; };
    input.addEventListener("change", taken);
    if (/image|^$/.test(input.accept) && matchMedia("(pointer: coarse)").matches) {
      const lens = make("input", { type: "file", accept: "image/*", hidden: true });
      lens.setAttribute("capture", "environment");
      const camera = make("button", { type: "button", className: "button second small", textContent: say("camera") });
      named(camera, `${box.choose.id}-camera`);
      camera.addEventListener("click", () => lens.click());
      lens.addEventListener("change", taken);
      ways.prepend(camera, lens);
    }
    input.hidden = true;
    part.querySelector("[name=upload]").closest("p").remove();
    part.querySelectorAll("[data-unfinished]").forEach((hint) => { hint.hidden = false; });
    input.before(box.coming, ways);
    sent.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button || button.dataset.plain) return;
      event.preventDefault();
      if (button.name === "move_file") move(box, button);
      else if (!button.hasAttribute("aria-disabled")) remove(box, button);
    });
    box.tidy();
  });
})();
