const table = document.querySelector(".everyone"), body = table.tBodies[0], rows = [...body.rows];
const heads = [...table.tHead.rows[0].cells];
const said = row => [...row.cells].map(cell => cell.textContent.toLowerCase()).join("\n");
const texts = new Map(rows.map(row => [row, said(row)]));
const order = new Intl.Collator(undefined, { numeric: true });

function sort(column) {
  const head = heads[column], down = head.getAttribute("aria-sort") === "ascending";
  const keys = new Map(rows.map(row => [row, row.cells[column].textContent]));
  const number = head.classList.contains("number");
  const value = row => keys.get(row) === "" ? -1 : Number(keys.get(row));
  rows.sort((a, b) => (down ? -1 : 1) * (number ? value(a) - value(b) : order.compare(keys.get(a), keys.get(b))));
  heads.forEach(other => other.removeAttribute("aria-sort"));
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  body.append(...rows);
}
heads.forEach((head, column) => {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...head.childNodes);
  button.addEventListener("click", () => sort(column));
  head.append(button);
});

const search = document.querySelector(".search"), field = search.querySelector("input"), told = search.querySelector("span");
search.hidden = false;
field.addEventListener("input", () => {
  const wanted = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const row of rows) {
    row.hidden = !wanted.every(word => texts.get(row).includes(word));
    shown += !row.hidden;
  }
  told.textContent = wanted.length ? `${shown} of ${rows.length}` : "";
});

const hand = document.querySelector(".by-hand"), form = hand.querySelector("form"), lines = hand.querySelector("textarea"), save = hand.querySelector(".save");
const cell = text => /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
hand.hidden = false;
document.querySelector(".to-hand").hidden = false;
form.addEventListener("submit", event => {
  event.preventDefault();
  const said = new FormData(form), cells = ["student", "check", "score", "comment", "who"].map(name => said.get(name).trim());
  if (!cells[2] && !cells[3]) return form.elements.score.focus();
  lines.value = `${lines.value.trimEnd()}\n${cells.map(cell).join(",")}\n`;
  form.elements.score.value = form.elements.comment.value = "";
});
save.href = "#by-hand";
save.addEventListener("click", () => {
  const file = URL.createObjectURL(new Blob([lines.value], { type: "text/csv" }));
  save.href = file;
  setTimeout(() => URL.revokeObjectURL(file), 60000);
});
