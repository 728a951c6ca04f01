// The grid of a table: fast typing with the keyboard, blocks from a spreadsheet, rows that save
// themselves. Every row leads to a form that does the same without script.
"use strict";
(() => {
  const grid = document.querySelector("[data-grid]");
  if (!grid) return;
  const words = grid.dataset;
  const body = grid.tBodies[0];
  const blank = document.querySelector("template[data-blank]").content.querySelector("tr");
  const status = document.querySelector("[data-status]");
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const CELLS = "[data-path]";
  let counter = 0;

  const rows = () => [...body.rows];
  const cells = (row) => [...row.querySelectorAll(CELLS)];
  const isChanged = (cell) => cell.value !== cell.defaultValue;
  const changed = (row) => cells(row).filter(isChanged);
  const make = (name, text, kind = "") => Object.assign(document.createElement(name), { textContent: text, className: kind });

  // What is not saved yet, in each row and below the grid.
  const mark = (row, state) => {
    row.dataset.state = state;
    row.dataset.words = words[state];
    row.cells[0].dataset.words = words[state];
  };
  const tell = () => {
    const open = rows().filter((row) => changed(row).length).length;
    status.textContent = open ? words.left.replace("#", open) : words.none;
  };
  const touched = (cell) => {
    const row = cell.closest("tr");
    cell.classList.toggle("changed", isChanged(cell));
    cell.removeAttribute("aria-invalid");
    if (changed(row).length) mark(row, "changed");
    else if (row.dataset.state === "changed") delete row.dataset.state;
    tell();
  };

  const newRow = () => {
    const row = document.importNode(blank, true);
    row.dataset.row = `new${counter += 1}`;
    open(row);
    body.append(row);
    document.querySelector(".empty")?.remove();
    return row;
  };
  const open = (row) => {
    row.dataset.row ??= `row${counter += 1}`;
    for (const cell of cells(row)) cell.readOnly = false;
  };

  // Saving: what changed, with what stood there before; the answer is what was understood.
  const sent = (row) => ({
    row: row.dataset.row,
    code: row.dataset.code,
    cells: Object.fromEntries(changed(row).map((cell) => [cell.dataset.path, [cell.defaultValue, cell.value]])),
  });
  const understood = (row, told, typed) => {
    for (const cell of cells(row)) {
      const text = told.texts[cell.dataset.path];
      if (text === undefined || cell.dataset.path === "code") continue;
      const isOld = typed[cell.dataset.path] === undefined ? !isChanged(cell) : cell.value === typed[cell.dataset.path][1];
      cell.defaultValue = text;
      if (isOld) cell.value = text;
      cell.classList.toggle("changed", isChanged(cell));
    }
    if (row.dataset.code !== told.code) {
      const link = make("a", told.code);
      link.href = told.link;
      row.cells[0].replaceChildren(link);
      row.dataset.code = told.code;
    }
    mark(row, changed(row).length ? "changed" : "saved");
  };
  const refused = (row, told) => {
    const list = make("ul", "", "findings");
    for (const text of told.says) list.append(make("li", text, "error"));
    for (const cell of cells(row)) cell.toggleAttribute("aria-invalid", false);
    for (const [path, why] of Object.entries(told.errors)) {
      row.querySelector(`[data-path="${path}"]`)?.setAttribute("aria-invalid", "true");
      list.append(make("li", `${why.field}：${why.says}`, "error"));
    }
    row.querySelector(".told").replaceChildren(list);
    mark(row, "wrong");
  };
  // One message after the other: two at once would look like two people.
  let last = Promise.resolve();
  const save = (some) => { last = last.then(() => send(some)); };
  const send = async (some) => {
    const open = some.filter((row) => changed(row).length);
    if (!open.length) return;
    const message = { rows: open.map(sent) };
    open.forEach((row) => mark(row, "saving"));
    let told;
    try {
      const answer = await fetch(words.save, {
        method: "POST", body: JSON.stringify(message),
        headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      });
      told = answer.ok ? await answer.json() : null;
    } catch { told = null; }
    open.forEach((row, place) => {
      if (!told) mark(row, "wrong");
      else if (told.is_saved) understood(row, told.rows[place], message.rows[place].cells);
      else refused(row, told.rows[place]);
    });
    tell();
    if (!told || told.says) status.textContent = told ? told.says : words.lost;
    if (told?.is_saved) check();
  };

  // What the checks find at the rows, in the last column and at the cells.
  // Of a very large edition they may still be at work: asked again after so many milliseconds.
  const AGAIN = 15_000;
  const checking = document.querySelector("[data-checking]");
  let waiting;
  const look = async () => {
    const known = rows().filter((row) => row.dataset.code);
    if (!known.length) return;
    const query = new URLSearchParams(known.map((row) => ["code", row.dataset.code]));
    const answer = await fetch(`${words.findings}?${query}`).catch(() => null);
    const told = answer?.ok ? await answer.json().catch(() => null) : null;
    if (!told) return;
    checking.textContent = told.note;
    checking.hidden = !told.note;
    if (told.note) { clearTimeout(waiting); waiting = setTimeout(look, AGAIN); }
    for (const row of known) {
      if (row.dataset.state === "wrong") continue;
      const found = told.rows[row.dataset.code] ?? [];
      const list = make("ul", "", "findings");
      for (const one of found) list.append(make("li", `${one.word} ${one.code} ${one.says}`, one.tone));
      row.querySelector(".told").replaceChildren(list);
      for (const cell of cells(row)) {
        cell.classList.toggle("noted", found.some((one) => one.field === cell.dataset.path && one.tone !== "calm"));
      }
    }
  };
  const check = () => { clearTimeout(waiting); waiting = setTimeout(look, 250); };

  // The selected row's flow and risks.
  let shown = "", showing;
  const beside = (row) => {
    const code = row.dataset.code;
    if (!code || code === shown || !window.htmx) return;
    clearTimeout(showing);
    showing = setTimeout(() => {
      shown = code;
      window.htmx.ajax("GET", `${words.beside}?${new URLSearchParams({ code })}`, { target: "#beside", select: "#beside", swap: "outerHTML" });
    }, 300);
  };

  // Moving from cell to cell.
  const at = (cell) => ({ row: cell.closest("tr"), place: cells(cell.closest("tr")).findIndex((one) => one === cell) });
  const goTo = (row, path) => {
    const next = row && (row.querySelector(`[data-path="${path}"]`) ?? cells(row)[0]);
    if (!next) return false;
    next.focus();
    next.select();
    return true;
  };
  const vertical = (cell, by) => goTo(rows()[rows().indexOf(cell.closest("tr")) + by], cell.dataset.path);
  const horizontal = (cell, by) => {
    const { row, place } = at(cell);
    const next = cells(row)[place + by];
    next?.focus();
    next?.select();
    return Boolean(next);
  };
  const caret = (cell) => [cell.selectionStart === cell.selectionEnd || cell.selectionEnd - cell.selectionStart === cell.value.length, cell.selectionStart, cell.selectionEnd];
  const keys = {
    ArrowUp: (cell) => !cell.value.slice(0, cell.selectionStart).includes("\n") && !isChoosing(cell) && vertical(cell, -1),
    ArrowDown: (cell) => !cell.value.slice(cell.selectionEnd).includes("\n") && !isChoosing(cell) && vertical(cell, 1),
    ArrowLeft: (cell) => { const [is, start] = caret(cell); return is && start === 0 && horizontal(cell, -1); },
    ArrowRight: (cell) => { const [is, , end] = caret(cell); return is && end === cell.value.length && horizontal(cell, 1); },
    Enter: (cell) => vertical(cell, 1) || goTo(newRow(), cell.dataset.path),
    Escape: (cell) => { cell.value = cell.defaultValue; touched(cell); return true; },
  };
  // While somebody types into a field that offers words, up and down go through what is offered.
  const isChoosing = (cell) => cell.hasAttribute("list") && cell.dataset.typing === "yes";

  grid.addEventListener("keydown", (event) => {
    const cell = event.target.closest(CELLS);
    if (!cell || event.isComposing || event.altKey) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "d") {
      const above = cell.closest("tr").previousElementSibling?.querySelector(`[data-path="${cell.dataset.path}"]`);
      event.preventDefault();
      if (above && cell.dataset.path !== "code") { cell.value = above.value; touched(cell); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.shiftKey || !keys[event.key]) return;
    if (keys[event.key](cell)) event.preventDefault();
  });
  grid.addEventListener("input", (event) => {
    const cell = event.target.closest(CELLS);
    if (!cell) return;
    cell.dataset.typing = "yes";
    touched(cell);
  });
  grid.addEventListener("focusin", (event) => {
    const cell = event.target.closest(CELLS);
    if (cell) delete cell.dataset.typing;
    const row = event.target.closest("tbody tr");
    if (row) beside(row);
  });
  grid.addEventListener("focusout", (event) => {
    const row = event.target.closest("tbody tr");
    if (row && !row.contains(event.relatedTarget)) save([row]);
  });

  // A block from a spreadsheet: tabs between cells, lines between rows, quotes around lines.
  const parse = (text) => {
    const found = [[""]];
    let isQuoted = false;
    const clean = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
    for (let place = 0; place < clean.length; place += 1) {
      const sign = clean[place], line = found[found.length - 1], last = line.length - 1;
      if (isQuoted) {
        if (sign !== '"') line[last] += sign;
        else if (clean[place + 1] === '"') { line[last] += '"'; place += 1; } else isQuoted = false;
      } else if (sign === '"' && line[last] === "") isQuoted = true;
      else if (sign === "\t") line.push("");
      else if (sign === "\n") found.push([""]);
      else line[last] += sign;
    }
    return found;
  };
  grid.addEventListener("paste", (event) => {
    const cell = event.target.closest(CELLS);
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!cell || !/[\t\n]/.test(text.replace(/\r?\n$/, ""))) return;
    event.preventDefault();
    const block = parse(text), filled = [];
    const path = cell.dataset.path;
    let row = cell.closest("tr");
    for (const line of block) {
      row ??= newRow();
      const from = Math.max(cells(row).findIndex((one) => one.dataset.path === path), 0);
      line.forEach((value, by) => {
        const into = cells(row)[from + by];
        if (!into) return;
        into.value = value.trim();
        touched(into);
      });
      filled.push(row);
      row = row.nextElementSibling;
    }
    save(filled);
  });

  document.querySelector("[data-add]").addEventListener("click", () => goTo(newRow(), "code") && body.lastElementChild.scrollIntoView({ block: "nearest" }));
  document.querySelector("[data-save-all]").addEventListener("click", () => save(rows()));
  for (const part of document.querySelectorAll("[data-add], [data-save-all], [data-help]")) part.hidden = false;
  window.addEventListener("beforeunload", (event) => { if (rows().some((row) => changed(row).length)) event.preventDefault(); });
  rows().forEach(open);
  check();
})();
