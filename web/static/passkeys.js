// Passkeys need the browser's own script interface. Without it nothing of this shows, and every other way works.
(() => {
  "use strict";
  if (!window.PublicKeyCredential) return;
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const ids = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));
  const post = async (address, token, body) => {
    const answer = await fetch(address, {
      method: "POST",
      headers: { "X-CSRF-Token": token, "Content-Type": "application/json" },
      body: JSON.stringify(body || {}),
    });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };
  // What the browser gives back, in the form that the server reads.
  const told = (credential) => {
    const response = {};
    for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[part]) response[part] = text(credential.response[part]);
    }
    return { id: credential.id, rawId: text(credential.rawId), type: credential.type, response, clientExtensionResults: {} };
  };
  const add = async (box, token) => {
    const asked = await post("/account/passkeys/options", token);
    const publicKey = {
      ...asked,
      challenge: bytes(asked.challenge),
      user: { ...asked.user, id: bytes(asked.user.id) },
      excludeCredentials: ids(asked.excludeCredentials),
    };
    const made = told(await navigator.credentials.create({ publicKey }));
    return post("/account/passkeys", token, { ...made, name: box.querySelector("[name=name]").value });
  };
  const signIn = async (box, token) => {
    const asked = await post("/sign-in/passkey/options", token);
    const publicKey = { ...asked, challenge: bytes(asked.challenge), allowCredentials: ids(asked.allowCredentials) };
    const signed = told(await navigator.credentials.get({ publicKey }));
    return post(`/sign-in/passkey${box.dataset.query}`, token, signed);
  };
  document.querySelectorAll("[data-passkey]").forEach((box) => {
    const button = box.querySelector("button"), trouble = box.querySelector("[role=status]");
    const say = (words) => { trouble.textContent = words; trouble.hidden = !words; };
    box.hidden = false;
    button.addEventListener("click", async () => {
      button.disabled = true;
      say("");
      try {
        const token = box.dataset.token;
        const answer = await (box.dataset.passkey === "add" ? add(box, token) : signIn(box, token));
        if (answer.too_low) { say(box.dataset.tooLow); return; }
        location.assign(answer.then);
      } catch {
        say(box.dataset.failed);
      } finally {
        button.disabled = false;
      }
    });
  });
})();
