// Asks a security key and hands its answer to the form. Nothing is put into the page:
// the words stand in the template, hidden or shown (Trusted Types have nothing to object to).
"use strict";
(() => {
  const form = document.querySelector("form[data-webauthn]");
  if (!form || !window.PublicKeyCredential || !navigator.credentials) return;
  const failed = form.querySelector("[data-failed]");
  const button = form.querySelector("[data-ask]");
  form.querySelector("[data-without-script]").hidden = true;
  button.hidden = false;

  const bytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  };
  const text = (buffer) => {
    const plain = String.fromCharCode(...new Uint8Array(buffer));
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };
  const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  const read = () => {
    const options = JSON.parse(form.dataset.options).publicKey;
    options.challenge = bytes(options.challenge);
    if (options.user) options.user.id = bytes(options.user.id);
    if (options.excludeCredentials) options.excludeCredentials = known(options.excludeCredentials);
    if (options.allowCredentials) options.allowCredentials = known(options.allowCredentials);
    return { publicKey: options };
  };
  const write = (credential) => {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[name]) response[name] = text(credential.response[name]);
    }
    if (credential.response.getTransports) response.transports = credential.response.getTransports();
    return JSON.stringify({
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      response,
      clientExtensionResults: credential.getClientExtensionResults(),
    });
  };

  button.addEventListener("click", async () => {
    failed.hidden = true;
    button.disabled = true;
    try {
      const credential = await navigator.credentials[form.dataset.webauthn](read());
      form.elements.credential.value = write(credential);
      form.submit();
    } catch {
      button.disabled = false;
      failed.hidden = false;
      failed.focus();
    }
  });
})();
