// Sending a file with a drop zone, a look at size and kind beforehand, and progress; the form works without.
const form = document.querySelector("form[data-upload]");

function refusalOf(files) {
  const words = form.dataset, file = files[0];
  if (!file) return words.noFile;
  if (files.length > 1) return words.several;
  const name = file.name.toLowerCase();
  if (!words.suffixes.split(" ").some((suffix) => name.endsWith(suffix))) return words.wrongKind;
  if (!file.size) return words.empty;
  return file.size > Number(words.largest) ? words.tooLarge : "";
}

function show(part, text) {
  part.textContent = text;
  part.hidden = !text;
}

function sized(bytes) {
  const [size, unit] = bytes < 1048576 ? [bytes / 1024, "KB"] : [bytes / 1048576, "MB"];
  return `${size.toLocaleString("vi", { maximumFractionDigits: 1 })} ${unit}`;
}

function takeDrops(input, zone) {
  zone.querySelector("[data-drop-words]").hidden = false;
  for (const name of ["dragenter", "dragover"])
    zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.add("is-over"); });
  for (const name of ["dragleave", "drop"])
    zone.addEventListener(name, () => zone.classList.remove("is-over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change"));
  });
}

function answered(request) {
  if (request.responseURL && request.responseURL.split("#")[0] !== location.href.split("#")[0]) {
    location.assign(request.responseURL);
    return;
  }
  document.open();
  document.write(request.responseText);
  document.close();
}

function send(area, problem, submitter) {
  const words = form.dataset, told = area.querySelector("[data-told]"), bar = area.querySelector("progress");
  const buttons = form.querySelector("[data-buttons]"), request = new XMLHttpRequest();
  const stop = (sentence) => { area.hidden = true; buttons.hidden = false; show(problem, sentence); };
  request.open("POST", form.action || location.href);
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    bar.value = Math.round(event.loaded * 100 / event.total);
    told.textContent = bar.value < 100
      ? `${words.sending}: ${bar.value}% (${sized(event.loaded)} / ${sized(event.total)})`
      : words.sent;
  });
  request.addEventListener("load", () => answered(request));
  request.addEventListener("error", () => stop(words.broken));
  request.addEventListener("abort", () => stop(words.cancelled));
  area.querySelector("[data-cancel]").onclick = () => request.abort();
  const data = new FormData(form);
  if (submitter?.name) data.append(submitter.name, submitter.value);
  bar.value = 0;
  told.textContent = words.sending;
  show(problem, "");
  buttons.hidden = true;
  area.hidden = false;
  request.send(data);
}

if (form) {
  const input = form.querySelector("input[type=file]"), zone = form.querySelector("[data-drop]");
  const problem = form.querySelector("[data-problem]"), area = form.querySelector("[data-sending-area]");
  const changed = () => {
    const file = input.files[0];
    zone.querySelector("[data-chosen]").textContent = file ? `${file.name} (${sized(file.size)})` : "";
    show(problem, input.files.length ? refusalOf(input.files) : "");
  };
  input.addEventListener("change", changed);
  takeDrops(input, zone);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const refusal = refusalOf(input.files);
    show(problem, refusal);
    if (refusal) { problem.scrollIntoView({ block: "nearest" }); return; }
    send(area, problem, event.submitter);
  });
}
