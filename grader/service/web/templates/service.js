const live = document.querySelector("[data-events]");
if (live && "EventSource" in window) {
  const source = new EventSource(live.dataset.events);
  let heard = Date.now();
  const hear = (name, act) => source.addEventListener(name, event => { heard = Date.now(); act(JSON.parse(event.data)) });
  hear("beat", () => {});
  hear("state", now => { if (live.textContent !== now.says) live.textContent = now.says });
  hear("end", () => { source.close(); location.reload() });
  hear("changed", async () => {
    const answer = await fetch(location.href);
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of document.querySelectorAll("[data-live]")) {
      const other = fresh.getElementById(part.id), used = part.contains(document.activeElement) || part.querySelector("details[open]");
      if (other && !used && part.innerHTML !== other.innerHTML) part.replaceChildren(...other.childNodes);
    }
  });
  // Something on the way may hold events back: then the page comes anew, as it does without a script.
  if (live.dataset.waits) setInterval(() => { if (Date.now() - heard > 25000) location.reload() }, 5000);
}
for (const input of document.querySelectorAll("input[type=file][data-drop]")) {
  const form = input.form, over = on => form.classList.toggle("over", on);
  form.addEventListener("dragover", event => { event.preventDefault(); over(true) });
  form.addEventListener("dragleave", () => over(false));
  form.addEventListener("drop", event => {
    event.preventDefault();
    over(false);
    if (event.dataTransfer.files.length) { input.files = event.dataTransfer.files; input.focus() }
  });
}
document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, pre")) return;
  const way = { j: "next", k: "prev" }[event.key], link = way && document.querySelector(`a[rel=${way}]`);
  if (link) location.href = link.href;
});
