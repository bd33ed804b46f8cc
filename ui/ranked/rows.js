// Rows of a table that can be chosen: by a click, or with the arrow keys and Enter.
export default function ({ data, parentElement, setTriggerValue }) {
  const holder = parentElement.querySelector(".rows");
  if (holder.innerHTML !== data.html) holder.innerHTML = data.html;
  const rows = [...holder.querySelectorAll("[data-code]")];
  const entry = rows.find((row) => row.dataset.code === data.chosen) ?? rows[0];
  rows.forEach((row) => { row.tabIndex = row === entry ? 0 : -1; });
  holder.onclick = (event) => choose(event.target.closest("[data-code]"));
  holder.onkeydown = (event) => {
    const row = event.target.closest("[data-code]");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!row || (!step && event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    if (!step) return choose(row);
    const next = rows[rows.indexOf(row) + step];
    if (next) { row.tabIndex = -1; next.tabIndex = 0; next.focus(); }
  };
  const choose = (row) => row && setTriggerValue("area", row.dataset.code);
}
