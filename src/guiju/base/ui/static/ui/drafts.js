// Drafts: what was typed into a form with data-draft stays in this tab until it is sent,
// also when the page is left by accident. Nothing of it survives signing out, the tab, or
// another reader. Passwords and files are never kept.
"use strict";
(() => {
  const store = window.sessionStorage;
  const PREFIX = "guiju:draft:";
  const SENT = "guiju:sent", READER = "guiju:reader";
  const reader = document.body.dataset.reader;
  const clear = () => Object.keys(store).filter((key) => key.startsWith(PREFIX)).forEach((key) => store.removeItem(key));

  if (reader && store.getItem(READER) !== reader) {
    clear();
    store.setItem(READER, reader);
  }
  for (const form of document.querySelectorAll("form[data-clears-drafts]")) form.addEventListener("submit", clear);

  const forms = [...document.querySelectorAll("form[data-draft]")];
  const sent = store.getItem(SENT);
  const isBack = forms.some((form) => form.dataset.draft === sent)
    && !document.querySelector(".toast, #problems");
  if (sent && !isBack) store.removeItem(PREFIX + sent);
  store.removeItem(SENT);

  const isKept = (field) => field.name && !["hidden", "password", "file"].includes(field.type);
  const read = (form) => [...form.elements].filter(isKept).map((field) => [
    field.name, field.value, field.checked ?? null,
  ]);
  const write = (form, values) => {
    const fields = [...form.elements].filter(isKept);
    values.forEach(([name, value, checked], place) => {
      const field = fields[place];
      if (field?.name !== name) return;
      if (field.type === "checkbox" || field.type === "radio") {
        if (field.value === value) field.checked = checked;
      } else field.value = value;
    });
  };

  for (const form of forms) {
    const key = PREFIX + form.dataset.draft;
    const fresh = JSON.stringify(read(form));
    const kept = store.getItem(key);
    if (kept && kept !== fresh && !form.querySelector("#problems")) {
      write(form, JSON.parse(kept));
      const note = form.querySelector("[data-draft-note]");
      if (note) {
        note.hidden = false;
        note.querySelector("button").addEventListener("click", () => {
          write(form, JSON.parse(fresh));
          store.removeItem(key);
          note.hidden = true;
        });
      }
    }
    form.addEventListener("input", () => store.setItem(key, JSON.stringify(read(form))));
    form.addEventListener("submit", () => store.setItem(SENT, form.dataset.draft));
  }
})();
