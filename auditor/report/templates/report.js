"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (id) => document.getElementById(id);
  const numbers = (text) => (text ? text.split(" ").map(Number) : []);
  const severities = ["critical", "major", "minor", "neutral"];

  const cards = all("#findings .card").map((element) => ({
    element,
    rank: Number(element.dataset.rank),
    version: element.dataset.version,
    family: element.dataset.family,
    severity: element.dataset.severity,
    preview: element.dataset.tier === "preview",
  })).sort((a, b) => a.rank - b.rank);
  const marks = all("mark[data-f]").map((element) => ({
    element,
    link: element.firstElementChild,
    ranks: numbers(element.dataset.f),
  }));
  const quoted = all("[data-q]").map((element) => ({ element, ranks: numbers(element.dataset.q) }));
  const ticks = all("[data-tick]");
  const rows = all("[data-sheet] .row:not(.head), .alone [data-slot]");
  const columns = all("#text [data-column], .strip[data-column]");
  const boxes = all("#filters input[name]");
  const preview = one("preview");
  const only = one("only");
  const status = one("status");

  let shown = [];
  let current = null;
  let detail = null;

  const chosen = (name) =>
    new Set(boxes.filter((box) => box.name === name && box.checked).map((box) => box.value));

  function apply() {
    const pick = { version: chosen("version"), family: chosen("family"), severity: chosen("severity") };
    const held = cards.filter((card) => preview.checked || !card.preview);
    // A count says what ticking the box would show, so its own facet does not narrow it.
    for (const label of all("[data-count]")) {
      const [facet, value] = label.dataset.count.split(" ");
      label.textContent = held.filter((card) => card[facet] === value
        && Object.keys(pick).every((k) => k === facet || pick[k].has(card[k]))).length;
    }
    shown = held.filter((card) => Object.keys(pick).every((k) => pick[k].has(card[k])));
    const visible = new Set(shown.map((card) => card.rank));
    for (const card of cards) card.element.hidden = !visible.has(card.rank);
    for (const crowd of all(".crowd")) {
      const count = all(".card:not([hidden])", crowd).length;
      crowd.hidden = count === 0;
      crowd.querySelector("[data-rest]").textContent = count;
    }
    for (const mark of marks) {
      const top = mark.ranks.find((rank) => visible.has(rank));
      const off = top === undefined;
      mark.element.classList.toggle("off", off);
      for (const name of severities) mark.element.classList.remove(`s-${name}`);
      mark.element.classList.add(`s-${cards[off ? mark.ranks[0] : top].severity}`);
      mark.link.tabIndex = off || !("first" in mark.link.dataset) ? -1 : 0;
      mark.link.hash = `#f${off ? mark.ranks[0] : top}`;
    }
    for (const tick of ticks) tick.classList.toggle("off", !visible.has(Number(tick.dataset.tick)));
    for (const cell of columns) cell.hidden = !pick.version.has(cell.dataset.column);
    for (const sheet of all("[data-sheet]")) {
      const count = all(".head .cell:not([hidden])", sheet).length;
      sheet.style.setProperty("--n", String(Math.max(1, count)));
    }
    for (const row of rows) row.hidden = only.checked && !row.querySelector("mark:not(.off)");
    one("nothing").hidden = shown.length > 0 || cards.length === 0;
    if (current !== null && !visible.has(current)) close();
    tell();
  }

  function tell() {
    const at = shown.findIndex((card) => card.rank === current);
    const total = cards.filter((card) => preview.checked || !card.preview).length;
    const of = shown.length === total ? `${total}` : `${shown.length} of ${total}`;
    status.textContent = at >= 0 ? `Finding ${at + 1} of ${shown.length}`
      : `${of} ${total === 1 ? "finding" : "findings"}`;
    one("previous").disabled = one("next").disabled = shown.length === 0;
  }

  function close() {
    for (const element of all(".on, .quoted")) element.classList.remove("on", "quoted");
    for (const element of all(".current")) element.classList.remove("current");
    if (detail) detail.remove();
    detail = null;
    current = null;
  }

  // Who closes a card from inside it goes on where it was opened.
  function leave() {
    const inside = detail && detail.contains(document.activeElement);
    const mark = inside && marks.find((held) => held.ranks.includes(current));
    close();
    if (mark) mark.link.focus({ preventScroll: true });
    tell();
  }

  function copyOf(card) {
    const copy = card.element.cloneNode(true);
    copy.classList.add("inline");
    copy.removeAttribute("id");
    copy.hidden = false;
    copy.lang = "en";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "close";
    button.textContent = "Close";
    button.addEventListener("click", leave);
    copy.querySelector("header").append(button);
    return copy;
  }

  // Rows out of sight have a guessed height: the first jump lays them out, the next ones land.
  function bring(element, again = 2) {
    element.scrollIntoView({ block: "start", behavior: "instant" });
    if (again) requestAnimationFrame(() => bring(element, again - 1));
  }

  function open(rank, scroll) {
    close();
    current = rank;
    const card = cards[rank];
    card.element.classList.add("current");
    for (const tick of ticks) if (Number(tick.dataset.tick) === rank) tick.classList.add("current");
    for (const mark of marks) if (mark.ranks.includes(rank)) mark.element.classList.add("on");
    for (const quote of quoted) {
      if (quote.ranks.includes(rank)) quote.element.classList.add(quote.element.matches("mark") ? "quoted" : "on");
    }
    const mark = marks.find((held) => held.ranks.includes(rank));
    const slot = mark && mark.element.closest("[data-slot]");
    if (slot) {
      slot.hidden = false;
      detail = copyOf(card);
      // On a phone the versions stand below each other: the card goes under the one it is about.
      const narrow = matchMedia("(max-width: 50rem)").matches;
      ((narrow && mark.element.closest(".cell")) || slot).after(detail);
    }
    const crowd = !slot && card.element.closest(".crowd");
    if (crowd) crowd.open = true;
    if (scroll) bring(slot ? mark.element : card.element);
    try { history.replaceState(null, "", `#f${rank}`); } catch { /* a page opened from a message */ }
    tell();
  }

  function step(by) {
    if (!shown.length) return;
    const at = shown.findIndex((card) => card.rank === current);
    const next = at < 0 ? (by > 0 ? 0 : shown.length - 1) : (at + by + shown.length) % shown.length;
    open(shown[next].rank, true);
  }

  function reveal(card) {
    if (card.preview && !preview.checked) preview.checked = true;
    for (const box of boxes) if (card[box.name] === box.value) box.checked = true;
    apply();
  }

  function show(anchor, rank) {
    const target = one(anchor);
    if (!target) return;
    const column = target.closest("[data-column]");
    for (const box of boxes) {
      if (column && box.name === "version" && box.value === column.dataset.column && !box.checked) {
        box.checked = true;
        apply();
      }
    }
    const slot = target.closest("[data-slot]");
    if (slot) slot.hidden = false;
    if (current !== rank) open(rank, false);
    let place = target.nextElementSibling;
    while (place && place.classList.contains("anchor")) place = place.nextElementSibling;
    bring(place || target);
    if (place) {
      place.classList.remove("flash");
      requestAnimationFrame(() => place.classList.add("flash"));
    }
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    if (link.dataset.goto) {
      event.preventDefault();
      show(link.dataset.goto, Number(link.dataset.rank));
    } else if ("mark" in link.dataset || "tick" in link.dataset || "open" in link.dataset) {
      event.preventDefault();
      const href = link.getAttribute("href");
      const rank = Number("open" in link.dataset ? link.dataset.open : href.slice(2));
      if ("mark" in link.dataset && current === rank) { close(); tell(); return; }
      open(rank, !("mark" in link.dataset));
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "n") step(1);
    else if (event.key === "p") step(-1);
    else if (event.key === "Escape") { leave(); one("filters").open = false; }
  });
  document.addEventListener("pointerdown", (event) => {
    if (!event.target.closest("#filters")) one("filters").open = false;
  });
  for (const box of [...boxes, preview, only]) box.addEventListener("change", apply);
  one("next").addEventListener("click", () => step(1));
  one("previous").addEventListener("click", () => step(-1));

  // A browser may bring back the boxes of an earlier visit: start from what is ticked.
  apply();
  const asked = /^#[fm](\d+)$/.exec(location.hash);
  if (asked && cards[Number(asked[1])]) {
    reveal(cards[Number(asked[1])]);
    open(Number(asked[1]), true);
  }
})();
