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
  const links = new Map([...spied.querySelectorAll("a[href^='#']")].map((a) => [a.hash.slice(1), a]));
  const observer = new IntersectionObserver((entries) => {
    const entry = entries.find((each) => each.isIntersecting);
    if (!entry) return;
    links.forEach((link) => link.removeAttribute("aria-current"));
    const link = links.get(entry.target.id);
    link.setAttribute("aria-current", "true");
    if (spied.scrollHeight > spied.clientHeight) link.scrollIntoView({ block: "nearest" });
  }, { rootMargin: "0px 0px -75% 0px" });
  links.forEach((_link, id) => { const target = document.getElementById(id); if (target) observer.observe(target); });
}

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
