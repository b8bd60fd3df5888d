// Small conveniences; every page works without them.
const root = document.documentElement;
root.classList.add("js");

const remembered = (() => { try { return localStorage.getItem("theme"); } catch { return null; } })();
if (remembered) root.dataset.theme = remembered;

document.querySelectorAll("[data-theme-switch]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => {
    const dark = root.dataset.theme
      ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* private windows keep nothing */ }
  });
});

document.querySelectorAll("[data-menu-toggle]").forEach((button) => {
  const menu = document.getElementById(button.getAttribute("aria-controls"));
  button.addEventListener("click", () => {
    const open = menu.classList.toggle("is-open");
    button.setAttribute("aria-expanded", String(open));
  });
});

async function copy(text, near) {
  await navigator.clipboard.writeText(text);
  const status = document.getElementById("copy-status");
  if (status) status.textContent = near.dataset.copied || status.dataset.copied;
}
document.querySelectorAll("[data-copy]").forEach((button) => {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", () => copy(button.dataset.copy, button));
});

const spied = document.querySelector("[data-scroll-spy]");
if (spied) {
  const links = new Map([...spied.querySelectorAll("a[href^='#']")].map((a) => [decodeURIComponent(a.hash.slice(1)), a]));
  const heads = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
  const top = (head) => head.getBoundingClientRect().top;
  let current = null, waiting = false;
  // At the end of the page no heading gets to the top: what was asked for counts, else the last one in sight.
  const headBeingRead = () => {
    const atEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 4;
    if (!atEnd) return heads.findLast((each) => top(each) <= innerHeight * 0.25) ?? heads[0];
    const inSight = heads.filter((each) => top(each) >= 0 && top(each) < innerHeight);
    return inSight.find((each) => each.id === decodeURIComponent(location.hash.slice(1)))
      ?? inSight.at(-1) ?? heads.findLast((each) => top(each) <= 0);
  };
  const follow = () => {
    waiting = false;
    const head = headBeingRead(), link = head && links.get(head.id);
    if (!link || link === current) return;
    current?.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
    current = link;
    const seen = spied.getBoundingClientRect(), own = link.getBoundingClientRect();
    const free = spied.firstElementChild.getBoundingClientRect().bottom;
    if (own.top < free + 8 || own.bottom > seen.bottom - 24)
      spied.scrollTo({ top: spied.scrollTop + own.top - seen.top - spied.clientHeight / 2, behavior: "instant" });
  };
  const soon = () => { if (!waiting) { waiting = true; requestAnimationFrame(follow); } };
  addEventListener("scroll", soon, { passive: true });
  addEventListener("hashchange", soon);
  follow();
}

// Pop-overs beside what was clicked; without them every link simply leads on.
const canPop = "popover" in HTMLElement.prototype;
function place(card, link) {
  const at = link.getClientRects()[0] ?? link.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = card;
  const left = Math.min(at.left, document.documentElement.clientWidth - width - 16);
  const below = at.bottom + 8, above = at.top - height - 8;
  card.style.left = `${Math.max(16, left)}px`;
  card.style.top = `${below + height > innerHeight - 8 && above > 8 ? above : below}px`;
}
function popUp(card, link) {
  if (!card.matches(":popover-open")) card.showPopover();
  const follow = () => place(card, link);
  follow();
  addEventListener("scroll", follow, { passive: true });
  link.setAttribute("aria-expanded", "true");
  card.addEventListener("toggle", function closed(event) {
    if (event.newState !== "closed") return;
    card.removeEventListener("toggle", closed);
    removeEventListener("scroll", follow);
    link.setAttribute("aria-expanded", "false");
    if (card.dataset.byKeyboard) { delete card.dataset.byKeyboard; link.focus({ preventScroll: true }); }
  });
}
// A keyboard goes on inside the card; Escape brings it back to where it was.
function enter(card, event) {
  if (event.detail !== 0) return;
  card.dataset.byKeyboard = "yes";
  card.querySelector("a, button")?.focus({ preventScroll: true });
}
document.querySelectorAll("a.term[data-term]").forEach((link) => {
  const card = document.getElementById(`tu-${link.dataset.term}`);
  if (!canPop || !card) return;
  link.setAttribute("aria-expanded", "false");
  link.setAttribute("aria-controls", card.id);
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    popUp(card, link);
    enter(card, event);
  });
});
const tools = document.getElementById("provision-tools");
if (tools && canPop && navigator.clipboard) {
  let provision = null;
  document.querySelectorAll("a[data-provision]").forEach((link) => {
    link.setAttribute("aria-expanded", "false");
    link.setAttribute("aria-controls", tools.id);
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const tail = link.closest("[data-citation-tail]")?.dataset.citationTail ?? "";
      provision = { link: link.href, citation: `${link.dataset.provision} ${tail}`.trim() };
      tools.querySelector("[data-provision-title]").textContent = link.dataset.provision;
      tools.querySelector("[data-provision-page]").href = link.href;
      popUp(tools, link);
      enter(tools, event);
    });
  });
  tools.querySelectorAll("[data-copy-provision]").forEach((button) => {
    button.addEventListener("click", async () => {
      await copy(provision[button.dataset.copyProvision], button);
      tools.hidePopover();
    });
  });
}
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => print());
});
// A phone's list of contents closes once a place is chosen.
document.querySelectorAll(".reading__drawer").forEach((drawer) => {
  drawer.addEventListener("click", (event) => { if (event.target.closest("a")) drawer.open = false; });
});

async function poll(area) {
  const answer = await fetch(area.dataset.pollUrl, { headers: { "X-Requested-With": "XMLHttpRequest" } });
  if (!answer.ok) return;
  area.innerHTML = await answer.text();
  if (area.querySelector("[data-reload]")) { location.reload(); return; }
  if (!area.querySelector("[data-done]")) setTimeout(() => poll(area), 1500);
}
document.querySelectorAll("[data-poll-url]").forEach((area) => setTimeout(() => poll(area), 1000));

document.querySelectorAll("form[data-working]").forEach((form) => {
  form.addEventListener("submit", () => {
    const button = form.querySelector("[type=submit]");
    if (button) { button.dataset.label = button.textContent; button.textContent = form.dataset.working; button.disabled = true; }
  });
});
