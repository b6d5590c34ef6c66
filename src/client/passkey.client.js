/*
 * Passkeys: signing in with one, and registering one. The box stays hidden where a browser has none, or where the page
 * was opened under another host than the one they are bound to. A plain script without modules.
 */
(() => {
  const box = document.querySelector("[data-passkey]");
  if (!box || !window.PublicKeyCredential || !navigator.credentials || !window.fetch) return;
  const told = box.dataset;
  if (location.hostname !== told.rp && !location.hostname.endsWith(`.${told.rp}`)) return;
  const button = box.querySelector("button");
  const problem = box.querySelector("[role=alert]");
  const label = box.querySelector("input");
  box.hidden = false;
  const without = document.querySelector("[data-without]");
  if (without) without.hidden = true;
  button.addEventListener("click", () => {
    problem.textContent = "";
    button.disabled = true;
    run()
      .then((to) => location.assign(to))
      .catch((fault) => {
        button.disabled = false;
        // Ours says what to do; a browser's own speaks of specifications, and closing its window is no fault at all.
        problem.textContent = fault.title || told.failed;
      });
  });

  function run() {
    return told.passkey === "sign-in" ? signIn() : register();
  }

  function signIn() {
    return post("/desk/sign-in/passkey/challenge")
      .then((asked) => {
        asked.challenge = bytes(asked.challenge);
        return navigator.credentials.get({ publicKey: asked });
      })
      .then((found) =>
        post("/desk/sign-in/passkey", {
          back: told.back,
          response: shown(found, {
            authenticatorData: text(found.response.authenticatorData),
            signature: text(found.response.signature),
            userHandle: found.response.userHandle ? text(found.response.userHandle) : undefined,
          }),
        }),
      )
      .then((answer) => answer.to);
  }

  function register() {
    return post("/desk/me/passkey/challenge")
      .then((asked) => {
        asked.challenge = bytes(asked.challenge);
        asked.user.id = bytes(asked.user.id);
        asked.excludeCredentials.forEach((one) => {
          one.id = bytes(one.id);
        });
        return navigator.credentials.create({ publicKey: asked });
      })
      .then((made) =>
        post("/desk/me/passkey", {
          label: label.value,
          response: shown(made, {
            attestationObject: text(made.response.attestationObject),
            transports: made.response.getTransports ? made.response.getTransports() : [],
          }),
        }),
      )
      .then((answer) => answer.to);
  }

  function shown(made, more) {
    const id = text(made.rawId);
    const response = Object.assign({ clientDataJSON: text(made.response.clientDataJSON) }, more);
    return { id, rawId: id, type: made.type, response, clientExtensionResults: {} };
  }

  function post(path, body) {
    return fetch(`${path}?lang=${told.lang}`, {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify(body || {}),
    }).then((answer) =>
      answer.json().then((said) => {
        if (answer.ok) return said;
        throw said;
      }),
    );
  }

  function bytes(base64url) {
    const binary = atob(base64url.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(binary, (sign) => sign.charCodeAt(0));
  }

  function text(buffer) {
    const binary = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
    return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }
})();
