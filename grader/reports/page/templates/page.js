for (const program of document.querySelectorAll(".program")) {
  const text = program.querySelector("pre"), button = document.createElement("button");
  button.type = "button";
  button.textContent = "copy";
  button.addEventListener("click", async () => {
    try { await navigator.clipboard.writeText(text.textContent); button.textContent = "copied" }
    catch { getSelection().selectAllChildren(text); button.textContent = "selected" }
  });
  program.append(button);
}
for (const ring of document.querySelectorAll(".ring")) {
  const wide = ring.closest(".wide"), at = ring.getBoundingClientRect(), box = wide.getBoundingClientRect();
  wide.scrollLeft += at.left + at.width / 2 - box.left - box.width / 2;
}
