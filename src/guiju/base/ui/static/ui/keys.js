// Keys and small conveniences. Every page works without them.
"use strict";
(() => {
  const all = (query) => [...document.querySelectorAll(query)];
  const isTyping = (at) => at.matches("input:not([type=checkbox]):not([type=radio]), textarea, select");

  // Lists: J and K go through the rows, X chooses one.
  const inRow = () => document.activeElement.closest("[data-row]");
  const move = (by) => {
    const rows = all("[data-row]").filter((row) => row.querySelector("a, input"));
    const next = rows[Math.min(Math.max(rows.indexOf(inRow()) + by, 0), rows.length - 1)];
    (next?.querySelector("a") ?? next?.querySelector("input"))?.focus();
  };
  const keys = {
    "?": () => document.querySelector("a[data-help]")?.click(),
    "/": () => all(".conditions input, .filters input").find((one) => one.offsetParent && one.type !== "hidden")?.focus(),
    j: () => move(1),
    k: () => move(-1),
    x: () => inRow()?.querySelector("[name=chosen]")?.click(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") all("details.menu[open]").forEach((menu) => { menu.open = false; });
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });

  // Trees: right unfolds, left folds, up and down go through what is seen.
  document.addEventListener("keydown", (event) => {
    const at = event.target.closest?.("[data-tree] summary, [data-tree] .leaf a");
    if (!at) return;
    const fold = at.matches("summary") ? at.parentElement : null;
    const above = (one) => (one.matches("summary") ? one.parentElement.parentElement : one);
    const seen = all("[data-tree] summary, [data-tree] .leaf a").filter((one) => !above(one).closest("details:not([open])"));
    const go = (by) => seen[seen.indexOf(at) + by]?.focus();
    const ways = {
      ArrowDown: () => go(1),
      ArrowUp: () => go(-1),
      ArrowRight: () => (fold && !fold.open ? (fold.open = true) : go(1)),
      ArrowLeft: () => (fold?.open ? (fold.open = false)
        : at.closest("ul").closest("details")?.querySelector("summary").focus()),
    };
    if (!ways[event.key]) return;
    event.preventDefault();
    ways[event.key]();
  });

  // Tabs that scroll sideways begin where the current one is seen.
  for (const tab of all(".tabs [aria-current]")) {
    const row = tab.parentElement;
    row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
  }

  // Menus of the top bar close when one goes elsewhere.
  document.addEventListener("click", (event) => {
    all("details.menu[open]").filter((menu) => !menu.contains(event.target)).forEach((menu) => { menu.open = false; });
  });

  // The summary of errors leads into its fields.
  document.addEventListener("click", (event) => {
    const id = event.target.closest?.(".problems a")?.hash.slice(1);
    const field = id && document.getElementById(id);
    if (field) setTimeout(() => field.focus());
  });

  // Choosing rows: how many, and all at once.
  for (const form of all("[data-bulk]")) {
    const boxes = [...form.querySelectorAll("[name=chosen]")];
    const every = form.querySelector("[data-all]");
    const told = form.querySelector("[data-chosen]");
    const before = told.textContent;
    const tell = () => {
      const count = boxes.filter((box) => box.checked).length;
      told.textContent = count ? told.dataset.chosen.replace("#", count) : before;
      every.checked = count === boxes.length;
      every.indeterminate = count > 0 && count < boxes.length;
    };
    every.hidden = false;
    every.addEventListener("change", () => {
      boxes.forEach((box) => { box.checked = every.checked; });
      tell();
    });
    form.addEventListener("change", tell);
    tell();
  }
})();
