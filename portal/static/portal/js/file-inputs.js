// The browser writes its own language into a file input; this writes the portal's. It works without.
const words = document.currentScript.dataset;

function chosenIn(input) {
  const names = [...input.files].map((file) => file.name);
  if (names.length > 2) return words.several.replace("{count}", names.length);
  return names.join(", ") || words.none;
}

function inWords(input) {
  const button = document.createElement("label"), chosen = document.createElement("span");
  button.className = "button button-secondary portal-file__button";
  button.textContent = input.multiple ? words.chooseSeveral : words.choose;
  button.htmlFor = input.id;
  chosen.className = "portal-file__chosen";
  button.ariaHidden = chosen.ariaHidden = "true"; // the input itself has its label and says its file
  const tell = () => { chosen.textContent = chosenIn(input); };
  input.classList.add("portal-file");
  input.after(button, chosen);
  input.addEventListener("change", tell);
  input.form?.addEventListener("reset", () => setTimeout(tell));
  tell();
}

document.addEventListener("DOMContentLoaded", () => {
  for (const input of document.querySelectorAll("input[type=file][id]")) inWords(input);
});
