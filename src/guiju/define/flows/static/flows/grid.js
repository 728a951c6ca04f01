// The step table as a grid. The text below it is what is judged and sent; without script it is
// typed directly. Every change of the grid is written into the text at once.
"use strict";
(() => {
  const form = document.querySelector("form[data-grid]");
  if (!form) return;
  const area = form.querySelector("textarea");
  const host = form.querySelector("[data-host]"), bar = form.querySelector("[data-bar]");
  const columns = area.dataset.columns.split("|"), first = Number(form.dataset.first);
  const lists = Object.fromEntries([...form.querySelectorAll("[data-words]")].map((list) => [list.dataset.words, list.id]));
  const NARROW = [0, 4], WIDE = [1, 5], MOST = 500;
  const past = [];
  let rows, table, body, at = [0, 1];

  // The text of a table: cells apart by tabulators, quotes as spreadsheets write them.
  const parse = (text) => {
    const found = [[""]];
    let quoted = false, begins = true;
    for (let i = 0; i < text.length; i += 1) {
      const mark = text[i], row = found[found.length - 1];
      if (quoted && mark === '"' && text[i + 1] === '"') { row[row.length - 1] += '"'; i += 1; continue; }
      if (quoted && mark === '"') { quoted = false; continue; }
      if (!quoted && begins && mark === '"') { quoted = true; begins = false; continue; }
      begins = false;
      if (!quoted && mark === "\t") { row.push(""); begins = true; continue; }
      if (!quoted && (mark === "\n" || mark === "\r")) {
        if (mark === "\r" && text[i + 1] === "\n") i += 1;
        found.push([""]);
        begins = true;
        continue;
      }
      row[row.length - 1] += mark;
    }
    if (found[found.length - 1].join("") === "") found.pop();
    return found;
  };
  const cellText = (cell) => (/["\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const text = () => [columns, ...rows].map((row) => row.map(cellText).join("\t")).join("\n") + "\n";

  const blank = () => columns.map(() => "");
  const read = () => {
    const [head = [], ...below] = parse(area.value);
    const places = columns.map((name) => head.map((one) => one.trim()).indexOf(name));
    rows = below.map((row) => places.map((place) => row[place] ?? ""));
    if (!rows.length) rows = [blank()];
  };

  const make = (name, attributes = {}, said = "") => {
    const made = document.createElement(name);
    made.textContent = said;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  const looks = (place) => [
    place >= first ? "extra" : "", NARROW.includes(place) ? "narrow" : "", WIDE.includes(place) ? "wide" : "",
  ].filter(Boolean).join(" ");

  const draw = () => {
    const label = host.dataset.rowLabel;
    const top = make("tr");
    top.append(make("th", { scope: "col" }, "1"), ...columns.map((name, place) => make("th", { scope: "col", class: looks(place) }, name)));
    const head = make("thead");
    head.append(top);
    body = make("tbody");
    rows.forEach((row, line) => {
      const tr = make("tr");
      tr.append(make("th", { scope: "row" }, String(line + 2)));
      row.forEach((cell, place) => {
        const td = make("td", { class: looks(place) });
        const input = make("input", { autocomplete: "off", "aria-label": `${label.replace("#", line + 2)} ${columns[place]}` });
        const list = lists[columns[place]];
        if (list) input.setAttribute("list", list);
        input.value = cell.replaceAll("\n", place === 5 ? "；" : "、");
        td.append(input);
        tr.append(td);
      });
      body.append(tr);
    });
    table.replaceChildren(head, body);
    mark();
  };

  const inputAt = (line, place) => body.rows[line]?.cells[place + 1]?.firstElementChild;
  const placeOf = (input) => [input.closest("tr").sectionRowIndex, input.closest("td").cellIndex - 1];
  const go = (line, place) => {
    const to = inputAt(Math.min(Math.max(line, 0), rows.length - 1), Math.min(Math.max(place, 0), columns.length - 1));
    to?.focus();
    to?.select();
  };

  const told = () => {
    area.value = text();
    area.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const keep = () => {
    const now = JSON.stringify(rows);
    if (past[past.length - 1] !== now) past.push(now);
    if (past.length > 100) past.shift();
    bar.querySelector("[data-do=back]").disabled = false;
  };
  const change = (how, line, place) => {
    keep();
    how();
    draw();
    told();
    go(line, place);
  };

  // Numbers that a row's move does not concern stay; a new row gets the next one that is free.
  const next = () => String(Math.max(0, ...rows.map((row) => Number.parseInt(row[0], 10) || 0)) + 1);
  const deeds = {
    add: ([line]) => {
      if (rows.length >= MOST) return;
      const made = blank();
      made[0] = next();
      change(() => rows.splice(line + 1, 0, made), line + 1, 1);
    },
    remove: ([line, place]) => change(() => {
      rows.splice(line, 1);
      if (!rows.length) rows = [blank()];
    }, line, place),
    up: ([line, place]) => line > 0 && change(() => rows.splice(line - 1, 0, ...rows.splice(line, 1)), line - 1, place),
    down: ([line, place]) => line < rows.length - 1 && change(() => rows.splice(line + 1, 0, ...rows.splice(line, 1)), line + 1, place),
    back: ([line, place]) => {
      if (!past.length) return;
      rows = JSON.parse(past.pop());
      bar.querySelector("[data-do=back]").disabled = !past.length;
      draw();
      told();
      go(line, place);
    },
  };

  const paste = (event) => {
    const input = event.target.closest("td input");
    const found = input && parse(event.clipboardData.getData("text/plain"));
    if (!found || (found.length < 2 && found[0].length < 2)) return;
    event.preventDefault();
    const [line, place] = placeOf(input);
    // A table with its own header is put in by the names of its columns.
    const heads = found[0].map((one) => columns.indexOf(one.trim()));
    const named = heads.filter((one) => one >= 0).length > 1;
    const cells = named ? found.slice(1) : found;
    change(() => cells.slice(0, MOST - line).forEach((row, down) => {
      rows[line + down] ??= blank();
      row.forEach((cell, right) => {
        const to = named ? heads[right] : place + right;
        if (to >= 0 && to < columns.length) rows[line + down][to] = cell.trim();
      });
    }), line, place);
  };

  const keys = (event) => {
    const input = event.target.closest?.("td input");
    if (!input || event.isComposing) return;
    const [line, place] = placeOf(input), plain = !event.ctrlKey && !event.altKey && !event.metaKey;
    const ends = { ArrowLeft: input.selectionEnd === 0, ArrowRight: input.selectionStart === input.value.length };
    const isOffered = input.hasAttribute("list") && input.value === "";
    const ways = {
      ArrowUp: plain && !isOffered && (() => go(line - 1, place)),
      ArrowDown: plain && !isOffered && (() => go(line + 1, place)),
      ArrowLeft: plain && ends.ArrowLeft && place > 0 && (() => go(line, place - 1)),
      ArrowRight: plain && ends.ArrowRight && (() => go(line, place + 1)),
      Enter: event.ctrlKey ? () => deeds.add([line])
        : () => (line === rows.length - 1 && input.value ? deeds.add([line]) : go(line + 1, place)),
      Backspace: event.ctrlKey && (() => deeds.remove([line, place])),
      z: event.ctrlKey && (() => deeds.back([line, place])),
    };
    const moves = { ArrowUp: "up", ArrowDown: "down" };
    const act = event.altKey && moves[event.key] ? () => deeds[moves[event.key]]([line, place]) : ways[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };

  // What the server says stands at its row and column.
  const mark = () => {
    table.querySelectorAll(".bad, .warn").forEach((one) => {
      one.classList.remove("bad", "warn");
      one.removeAttribute("title");
      one.querySelector("input")?.removeAttribute("aria-invalid");
    });
    for (const one of document.querySelectorAll("#verdict [data-line]")) {
      const row = body.rows[Number(one.dataset.line) - 2];
      if (!row) continue;
      const tone = one.classList.contains("bad") ? "bad" : one.classList.contains("warn") ? "warn" : "";
      const place = columns.indexOf(one.dataset.column);
      if (tone === "bad") row.classList.add("bad");
      const cell = tone && row.cells[place < 0 ? 2 : place + 1];
      if (!cell || cell.classList.contains("bad")) continue;
      cell.classList.add(tone);
      cell.title = one.textContent.trim();
      if (tone === "bad") cell.firstElementChild.setAttribute("aria-invalid", "true");
    }
  };

  read();
  table = make("table", { class: "grid" });
  host.append(table);
  draw();
  host.hidden = bar.hidden = false;
  form.querySelector("[data-plain]").hidden = true;
  area.classList.add("unseen");
  area.tabIndex = -1;
  area.setAttribute("aria-hidden", "true");

  table.addEventListener("focusin", (event) => {
    const input = event.target.closest("td input");
    if (!input) return;
    at = placeOf(input);
    [...body.rows].forEach((row, line) => row.classList.toggle("at", line === at[0]));
  });
  table.addEventListener("beforeinput", (event) => event.target.dataset.kept !== "yes" && (keep(), (event.target.dataset.kept = "yes")));
  table.addEventListener("focusout", (event) => { delete event.target.dataset.kept; });
  table.addEventListener("input", (event) => {
    const [line, place] = placeOf(event.target);
    rows[line][place] = event.target.value;
    told();
  });
  table.addEventListener("paste", paste);
  table.addEventListener("keydown", keys);
  bar.addEventListener("click", (event) => {
    const deed = deeds[event.target.closest("[data-do]")?.dataset.do];
    if (deed) deed(at);
  });
  bar.querySelector("[data-more]").addEventListener("change", (event) => table.classList.toggle("all", event.target.checked));
  document.addEventListener("htmx:afterSwap", mark);
})();
