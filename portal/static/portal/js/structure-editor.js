// Conveniences of the import screen; every link and form of it works without them.
const editor = document.querySelector("[data-structure-editor]");
const [structure, source] = ["cau-truc", "van-ban"].map((id) => document.getElementById(id));
const narrow = matchMedia("(max-width: 69.99rem)");

// --- Structure and source point at each other --------------------------------------------------

function clear() {
  editor.querySelectorAll(".is-lit").forEach((element) => element.classList.remove("is-lit"));
}

function bring(element, pane) {
  if (!element || narrow.matches) return;
  const place = element.getBoundingClientRect(), frame = pane.getBoundingClientRect();
  if (place.top < frame.top + 60 || place.bottom > frame.bottom)
    pane.scrollTop += place.top - frame.top - frame.height / 4;
}

function lightLines(block) {
  const [first, last] = block.dataset.lines.split("-").map(Number);
  for (let line = first; line <= last; line += 1)
    document.getElementById(`dong-${line}`)?.classList.add("is-lit");
  return document.getElementById(`dong-${first}`);
}

function lightBlock(block, { bringBlock = false } = {}) {
  clear();
  block.classList.add("is-lit");
  bring(lightLines(block), source);
  if (bringBlock) bring(block, structure);
}

function blockOfLine(line) {
  const id = line.querySelector("a")?.hash.slice(1);
  return id ? document.getElementById(id) : null;
}

function follow() {
  const target = document.getElementById(location.hash.slice(1));
  const block = target?.matches(".structure-block") ? target : target?.closest("li") && blockOfLine(target);
  if (!block?.dataset.lines) return;
  lightBlock(block, { bringBlock: true });
  if (narrow.matches) target.scrollIntoView({ block: "start" });
}

// --- On a phone one of the two is on show ------------------------------------------------------

function show(id) {
  editor.dataset.shown = id;
  document.querySelectorAll(".structure-tabs a").forEach((tab) => {
    if (tab.hash === `#${id}`) tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
  });
}

function paneOf(element) {
  return element?.closest(".structure-pane")?.id;
}

// --- The tools of a block, fetched when they are asked for --------------------------------------

async function open(link, block) {
  if (editor.querySelector("[data-panel], .structure-panel--head") && !close()) {
    location.assign(link.href);
    return;
  }
  const asked = new URL(link.href);
  const tool = asked.searchParams.get("cach") || "sua";
  const address = editor.dataset.panelAddress.replace("/ID/", `/${block.id}/`);
  const answer = await fetch(`${address}?cach=${tool}&lan=${editor.dataset.revision}`);
  if (!answer.ok || answer.redirected) { location.assign(link.href); return; }
  block.querySelector(".structure-tools").hidden = true;
  block.insertAdjacentHTML("beforeend", await answer.text());
  block.classList.add("is-open");
  lightBlock(block);
  const panel = block.querySelector("[data-panel]");
  prepare(panel);
  panel.querySelector("details[open] :is(textarea, input:not([type=hidden]), select)")?.focus();
}

function close() {
  const panel = editor.querySelector("[data-panel]");
  if (!panel) return null;
  const block = panel.closest(".structure-block");
  const tools = block.querySelector(".structure-tools");
  if (!tools) return null; // the page came with the panel: its link leads to one without
  panel.remove();
  block.classList.remove("is-open");
  tools.hidden = false;
  return tools;
}

function prepare(panel) {
  const field = panel.querySelector("[data-cursor]");
  if (!field) return;
  field.hidden = false;
  const words = field.querySelector("textarea"), form = field.closest("form");
  const said = field.querySelector("[data-cut]");
  const chosen = document.createElement("input");
  chosen.type = "hidden";
  chosen.name = "position";
  const note = () => {
    const before = words.value.slice(0, words.selectionStart);
    const after = words.value.slice(words.selectionStart);
    if (!before.trim() || !after.trim()) return;
    chosen.value = [...before].length; // characters as the server counts them
    form.querySelectorAll("input[type=radio]:checked").forEach((radio) => { radio.checked = false; });
    form.append(chosen);
    said.textContent = `${said.dataset.begins} “${after.trim().slice(0, 60)}…”`;
  };
  // Not read-only, so that the arrow keys move the cursor; but nothing is typed here.
  words.readOnly = false;
  words.inputMode = "none";
  words.addEventListener("beforeinput", (event) => event.preventDefault());
  for (const event of ["click", "keyup"]) words.addEventListener(event, note);
  form.addEventListener("change", ({ target }) => { if (target.type === "radio") chosen.remove(); });
}

if (editor) {
  editor.addEventListener("click", (event) => {
    const link = event.target.closest("a.structure-tool");
    const block = event.target.closest(".structure-block");
    if (event.target.closest("[data-close]")) {
      const tools = close();
      if (tools) { event.preventDefault(); tools.querySelector("a")?.focus(); }
      return;
    }
    if (link && block && link.search.includes("sua=")) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open(link, block);
      return;
    }
    const line = event.target.closest(".structure-source li");
    if (line && !narrow.matches) {
      const found = blockOfLine(line);
      if (found) { event.preventDefault(); lightBlock(found, { bringBlock: true }); }
      return;
    }
    if (block && event.target.closest(".structure-line") && !narrow.matches) {
      event.preventDefault();
      lightBlock(block);
    } else if (block && !event.target.closest("a, button, form, details")) {
      lightBlock(block);
    }
  });
  // A double click sends one correction, not two of which the second is refused.
  const sent = new WeakSet();
  editor.addEventListener("submit", (event) => {
    if (sent.has(event.target)) event.preventDefault();
    sent.add(event.target);
  });
  addEventListener("pageshow", ({ persisted }) => { if (persisted) location.reload(); });
  editor.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close()?.querySelector("a")?.focus();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const target = link && document.getElementById(link.hash.slice(1));
    if (target && paneOf(target)) show(paneOf(target));
  }, { capture: true });
  addEventListener("hashchange", follow);
  show(paneOf(document.getElementById(location.hash.slice(1))) || "cau-truc");
  editor.querySelectorAll("[data-panel]").forEach(prepare);
  follow();
}
