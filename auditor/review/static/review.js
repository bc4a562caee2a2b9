// The keys and the saving. Pages come from the server whole; what changes is swapped, so that
// nothing jumps. Nothing here makes HTML out of text.
"use strict";

const $ = (selector, from = document) => from.querySelector(selector);
const csrf = () => $('meta[name="csrf"]').content;
let busy = false;
let fading = 0;

function toast(text) {
  $("#toast").textContent = text;
  clearTimeout(fading);
  fading = setTimeout(() => { $("#toast").textContent = ""; }, 6000);
}

function alarm(text) { $("#alarm").textContent = text; }

class Failed extends Error {
  constructor(status, text) { super(text); this.status = status; }
}

async function call(method, path, body) {
  let answer;
  try {
    answer = await fetch(path, {
      method,
      headers: { "Content-Type": "application/json", "X-CSRF-Token": csrf() },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new Failed(0, "Not saved: the server does not answer. Try again.");
  }
  if (answer.status === 204) return null;
  let held;
  try {
    held = await answer.json();
  } catch {
    throw new Failed(answer.status, "Not saved: the server had a problem. Try again.");
  }
  if (!answer.ok) throw new Failed(answer.status, held.detail);
  return held;
}

// Shows another page of the application in place of this one.
async function show(url, { push = true, scroll = true } = {}) {
  const answer = await fetch(url, { headers: { Accept: "text/html" } });
  if (answer.redirected && new URL(answer.url).pathname === "/login") {
    location.assign("/login");
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  $("#main").replaceWith(page.querySelector("#main"));
  $(".progress").replaceWith(page.querySelector(".progress"));
  $('meta[name="csrf"]').content = page.querySelector('meta[name="csrf"]').content;
  document.title = page.title;
  if (push) history.pushState(null, "", url);
  if (scroll) scrollTo(0, 0);
  alarm("");
  settle();
}

function settle() {
  const folded = $(".folded");
  if (folded) folded.open = matchMedia("(min-width: 60rem)").matches;
  const first = $("[data-row]");
  if (first && !$("#main").contains(document.activeElement)) first.focus({ preventScroll: true });
}

const finding = () => $("[data-finding]");
const address = (id, query) => `/findings/${id}${query ? `?${query}` : ""}`;

async function guarded(work) {
  if (busy) return;
  busy = true;
  document.body.classList.add("busy");
  try {
    await work();
  } catch (error) {
    alarm(error.message || "Not saved. Try again.");
  } finally {
    busy = false;
    document.body.classList.remove("busy");
  }
}

async function decide(choice, said) {
  const page = finding();
  if (!page) return;
  await guarded(async () => {
    const { finding: id, revision, query } = page.dataset;
    let done;
    try {
      done = await call("POST", `/api/findings/${id}/decision?${query}`, {
        revision: Number(revision), ...choice,
      });
    } catch (error) {
      if (error.status !== 409) throw error;
      // Somebody was faster: show what they did, and keep what was typed.
      await show(location.href, { push: false, scroll: false });
      if (choice.repair !== undefined) { $("#repair").value = choice.repair; edit(true); }
      throw new Failed(409, `${error.message}. Your decision (${said}) was not saved; decide again if you still want it.`);
    }
    await show(done.next ? address(done.next, query) : `/?${query}`);
    toast(`Saved: ${said}. u takes it back.`);
  });
}

function edit(on) {
  const box = $(".edit");
  if (!box) return;
  box.hidden = !on;
  const area = $("#repair");
  if (on) { area.focus(); area.select(); } else area.blur();
}

async function undo() {
  await guarded(async () => {
    const done = await call("POST", "/api/undo", {});
    const page = finding() || $("[data-query]");
    const query = page ? page.dataset.query : "";
    const one = done.findings.length === 1;
    await show(one ? address(done.findings[0], query) : location.href, { push: one });
    toast(one ? "Taken back." : `Taken back: ${done.findings.length} decisions.`);
  });
}

async function bulk(kind, reason) {
  const list = $("[data-bulk]");
  await guarded(async () => {
    const done = await call("POST", "/api/bulk", {
      seen: JSON.parse(list.dataset.bulk), kind, reason: reason || "",
    });
    await show(location.href, { push: false });
    const left = done.left ? ` ${done.left} were left as they were.` : "";
    toast(`Saved: ${done.decided} decisions.${left} u takes them back.`);
  });
}

function ask(id) {
  const dialog = $(`#${id}`);
  if (!dialog || dialog.open) return;
  dialog.returnValue = "";
  dialog.showModal();
}

async function said(dialog) {
  const page = finding();
  if (dialog.returnValue !== "save" || !page) return;
  const form = $("form", dialog);
  const id = page.dataset.finding;
  await guarded(async () => {
    if (dialog.id === "comment") {
      await call("POST", `/api/findings/${id}/comments`, { text: form.elements.text.value });
    } else {
      await call("POST", `/api/findings/${id}/assignee`, { assignee: form.elements.assignee.value });
    }
    await show(location.href, { push: false, scroll: false });
    toast("Saved.");
  });
}

function dismissed(reason) {
  if ($("[data-bulk]")) { bulk("dismiss", reason); return; }
  const dialog = $("#dismiss");
  const form = $("form", dialog);
  const everywhere = form.elements.everywhere ? form.elements.everywhere.checked : false;
  dialog.close();
  decide({ kind: "dismiss", reason, note: form.elements.note.value, everywhere }, `dismissed, ${reason}`);
}

function step(forward) {
  const page = finding();
  if (page) {
    const id = forward ? page.dataset.next : page.dataset.before;
    if (id) guarded(() => show(address(id, page.dataset.query)));
    else toast(forward ? "This is the last one." : "This is the first one.");
    return;
  }
  const rows = [...document.querySelectorAll("[data-row]")];
  const at = rows.indexOf(document.activeElement);
  const row = rows[Math.max(0, Math.min(rows.length - 1, at + (forward ? 1 : -1)))];
  if (row) row.focus();
}

const click = (selector) => { const held = $(selector); if (held) held.click(); };

const ACTIONS = {
  help: () => ask("help"),
  accept: () => ($("[data-bulk]") ? bulk("accept") : decide({ kind: "accept" }, "accepted")),
  take: () => {
    if ($("[data-bulk]")) { bulk("repair"); return; }
    const button = $("[data-do=take]");
    if (button) decide({ kind: "repair", repair: button.dataset.proposal }, "repaired");
    else toast("No repair is proposed: e writes one.");
  },
  edit: () => edit(true),
  dismiss: () => ask("dismiss"),
  comment: () => ask("comment"),
  assign: () => ask("assign"),
  undo,
  bulk: () => click("[data-do=bulk]"),
  context: () => click("[data-do=context]"),
  "sign-out": async () => { await call("DELETE", "/api/session"); location.assign("/login"); },
};

const KEYS = {
  a: ACTIONS.accept, r: ACTIONS.take, e: ACTIONS.edit, d: ACTIONS.dismiss, c: ACTIONS.comment,
  s: ACTIONS.assign, u: undo, b: ACTIONS.bulk, o: ACTIONS.context, "?": ACTIONS.help,
  j: () => step(true), k: () => step(false),
  q: () => { const page = $("[data-query]"); guarded(() => show(`/?${page ? page.dataset.query : ""}`)); },
  "/": () => { const box = $("#search"); if (box) box.focus(); else KEYS.q(); },
};
const REASONS = { f: "false alarm", i: "intended", x: "fixed elsewhere" };

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.target;
  // A field of a dialog that was just closed keeps the focus until the page is drawn again.
  const typing = target.matches("input:not([type=checkbox]), textarea, select") && target.checkVisibility();
  if (target.id === "repair") {
    if (event.key === "Escape") edit(false);
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    decide({ kind: "repair", repair: target.value }, "repaired");
    return;
  }
  if (typing) {
    if (event.key === "Escape" && target.id === "search") target.blur();
    return;
  }
  if (localStorage.getItem("keys") === "off" && event.key !== "?") return;
  const dialog = $("dialog[open]");
  if (dialog && dialog.id !== "dismiss") return;
  if ((dialog || $("[data-bulk]")) && REASONS[event.key]) {
    event.preventDefault();
    dismissed(REASONS[event.key]);
    return;
  }
  if (dialog || !KEYS[event.key]) return;
  if (!$(".who")) return;
  event.preventDefault();
  KEYS[event.key]();
});

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const button = event.target.closest("button");
  if (button && button.dataset.reason) { dismissed(button.dataset.reason); return; }
  if (button && button.dataset.bulkKind) { bulk(button.dataset.bulkKind); return; }
  if (button && button.dataset.do) { ACTIONS[button.dataset.do](); return; }
  const link = event.target.closest("a[href]");
  if (!link || link.hasAttribute("download")) return;
  const url = new URL(link.href, location.href);
  if (url.origin !== location.origin || link.getAttribute("href").startsWith("#")) return;
  if (link.closest("header") || url.pathname.startsWith("/api/")) return;
  event.preventDefault();
  guarded(() => show(link.href));
});

document.addEventListener("close", (event) => {
  if (event.target.matches("#comment, #assign")) said(event.target);
}, true);

document.addEventListener("change", (event) => {
  if (event.target.id === "keys-off") localStorage.setItem("keys", event.target.checked ? "off" : "on");
});

document.addEventListener("submit", (event) => {
  if (event.target.id !== "login") return;
  event.preventDefault();
  const form = event.target;
  guarded(async () => {
    await call("POST", "/api/session", {
      name: form.elements.name.value, password: form.elements.password.value,
    });
    location.assign("/");
  });
});

addEventListener("popstate", () => guarded(() => show(location.href, { push: false })));
$("#keys-off").checked = localStorage.getItem("keys") === "off";
settle();
