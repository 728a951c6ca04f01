// Ctrl K: a search over everything that the reader may see. Without script the link leads to
// a page that does the same. Text becomes part of the page as text only.
"use strict";
(() => {
  const link = document.querySelector("a[data-palette]");
  if (!link || !window.HTMLDialogElement) return;
  let dialog, input, found, told, asking, waiting;

  const make = (name, text = "", attributes = {}) => {
    const made = document.createElement(name);
    made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };

  const show = (groups) => {
    const parts = groups.flatMap((group) => {
      const list = make("ul");
      for (const hit of group.hits) {
        const item = make("li"), to = make("a", hit.label, { href: hit.link });
        if (hit.note) to.append(" ", make("span", hit.note, { class: "soft small" }));
        item.append(to);
        list.append(item);
      }
      return [make("h2", group.label), list];
    });
    found.replaceChildren(...parts);
    told.textContent = parts.length ? "" : link.dataset.none;
  };

  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    const query = new URLSearchParams({ as: "json", q: input.value });
    try {
      const answer = await fetch(`${link.href}?${query}`, { signal: asking.signal });
      if (answer.ok) show((await answer.json()).groups);
      else location.assign(link.href);
    } catch (error) {
      if (error.name !== "AbortError") location.assign(link.href);
    }
  };

  const move = (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.isComposing) return;
    if (event.key === "Enter" && event.target === input) {
      event.preventDefault();
      found.querySelector("a")?.click();
    }
    if (!by) return;
    event.preventDefault();
    const stops = [input, ...found.querySelectorAll("a")];
    stops[Math.min(Math.max(stops.indexOf(document.activeElement) + by, 0), stops.length - 1)].focus();
  };

  const build = () => {
    const words = link.dataset;
    dialog = make("dialog", "", { class: "palette", "aria-label": words.placeholder });
    input = make("input", "", { type: "text", "aria-label": words.placeholder, placeholder: words.placeholder, autocomplete: "off", maxlength: "80", autofocus: "" });
    const close = make("button", words.close, { type: "button", class: "button" });
    found = make("div", "", { class: "found-list" });
    told = make("p", "", { class: "soft", role: "status" });
    const head = make("div", "", { class: "palette-head" });
    head.append(input, close);
    dialog.append(head, told, found);
    document.body.append(dialog);
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    dialog.addEventListener("keydown", move);
    input.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(ask, 120);
    });
  };

  const open = (event) => {
    event.preventDefault();
    if (!dialog) build();
    if (dialog.open) return;
    dialog.showModal();
    input.select();
    ask();
  };

  link.addEventListener("click", open);
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") open(event);
  });
})();
