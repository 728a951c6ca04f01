// The only text that may become part of a page is a page that htmx has just received from
// this server; everything else that a script might try to insert is refused (Trusted Types).
"use strict";
(() => {
  if (!window.trustedTypes) return;
  let received = null;
  document.addEventListener("htmx:beforeSwap", (event) => {
    received = event.detail.serverResponse;
  });
  window.trustedTypes.createPolicy("default", {
    createHTML: (text) => (text === received ? text : null),
  });
})();
