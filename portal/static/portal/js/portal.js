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
if (spied && "IntersectionObserver" in window) {
  const links = new Map([...spied.querySelectorAll("a[href^='#']")].map((a) => [decodeURIComponent(a.hash.slice(1)), a]));
  const heads = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
  let current = null;
  const follow = () => {
    const line = innerHeight * 0.25;
    const head = heads.findLast((each) => each.getBoundingClientRect().top <= line) ?? heads[0];
    const link = head && links.get(head.id);
    if (!link || link === current) return;
    current?.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
    current = link;
    const seen = spied.getBoundingClientRect(), own = link.getBoundingClientRect();
    const top = spied.firstElementChild.getBoundingClientRect().bottom;
    if (own.top < top + 8 || own.bottom > seen.bottom - 24)
      spied.scrollTo({ top: spied.scrollTop + own.top - seen.top - spied.clientHeight / 2, behavior: "instant" });
  };
  const observer = new IntersectionObserver(follow, { rootMargin: "0px 0px -75% 0px", threshold: [0, 1] });
  heads.forEach((head) => observer.observe(head));
  follow();
}

// Pop-overs beside what was clicked; without them every link simply leads on.
const canPop = "popover" in HTMLElement.prototype;
function popUp(card, link) {
  if (!card.matches(":popover-open")) card.showPopover();
  const place = link.getClientRects()[0] ?? link.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = card;
  const left = Math.min(Math.max(16, place.left), document.documentElement.clientWidth - width - 16);
  const below = place.bottom + 8;
  const top = below + height > innerHeight - 8 && place.top > height + 16 ? place.top - height - 8 : below;
  card.style.left = `${Math.max(16, left)}px`;
  card.style.top = `${top}px`;
  link.setAttribute("aria-expanded", "true");
  card.addEventListener("toggle", (event) => {
    if (event.newState === "closed") link.setAttribute("aria-expanded", "false");
  }, { once: true });
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
    // A keyboard goes on inside the card; Escape brings it back here.
    if (event.detail === 0) {
      card.querySelector("a")?.focus();
      card.addEventListener("toggle", () => link.focus(), { once: true });
    }
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
      if (event.detail === 0) tools.querySelector("button").focus();
    });
  });
  tools.querySelectorAll("[data-copy-provision]").forEach((button) => {
    button.addEventListener("click", async () => {
      await copy(provision[button.dataset.copyProvision], button);
      tools.hidePopover();
    });
  });
  addEventListener("scroll", () => { if (tools.matches(":popover-open")) tools.hidePopover(); }, { passive: true });
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
