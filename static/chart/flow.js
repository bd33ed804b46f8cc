// A Sankey diagram. Nodes keep the order of the figure in their column; each column stands in the middle of the height.
import { element, filledIn, write } from "./words.js";

export function drawFlow(trace, box, base, parent) {
  const { node, link } = trace, font = { ...base, ...trace.textfont };
  const ends = link.source.map((source, place) => ({ source, target: link.target[place], value: link.value[place], place }));
  const amounts = node.label.map((_, place) => Math.max(sum(ends, "source", place), sum(ends, "target", place)));
  const columns = columnsOf(amounts.length, ends), last = Math.max(...columns) || 1;
  const height = box.bottom - box.top, { tops, unit } = topsOf(columns, amounts, node.pad, height);
  const left = (place) => box.left + (columns[place] / last) * (box.right - box.left - node.thickness);
  const leaving = [...tops], arriving = [...tops], hits = [];
  // What arrives stands in the order of where it comes from.
  ends.sort((one, other) => tops[one.source] - tops[other.source] || tops[one.target] - tops[other.target]);
  for (const { source, target, value, place } of ends) {
    const thick = value * unit, from = box.top + leaving[source], to = box.top + arriving[target];
    leaving[source] += thick;
    arriving[target] += thick;
    const start = left(source) + node.thickness, end = left(target), middle = (start + end) / 2;
    const made = element("path", {
      d: `M${start} ${from}C${middle} ${from} ${middle} ${to} ${end} ${to}V${to + thick}C${middle} ${to + thick} ${middle} ${from + thick} ${start} ${from + thick}z`,
      fill: link.color, class: "link", style: `--over:${link.hovercolor}`,
    }, parent);
    const words = filledIn(link.hovertemplate, { customdata: link.customdata[place] });
    hits.push({ x: middle, y: (from + to + thick) / 2, r: 0, node: made, words, only: true });
  }
  node.label.forEach((label, place) => {
    const high = Math.max(amounts[place] * unit, 1), top = box.top + tops[place], atEnd = columns[place] === last;
    const made = element("rect", { x: left(place), y: top, width: node.thickness, height: high, fill: node.color[place], class: "node" }, parent);
    const words = filledIn(node.hovertemplate, { label });
    hits.push({ x: left(place) + node.thickness / 2, y: top + high / 2, r: 0, node: made, words, only: true });
    write(label, atEnd ? left(place) - 5 : left(place) + node.thickness + 5, top + high / 2, { font, across: atEnd ? "end" : "start" }, parent);
  });
  return hits;
}

const sum = (ends, side, place) => ends.reduce((total, end) => total + (end[side] === place ? end.value : 0), 0);

// As many steps from where a way begins as the longest way takes; where nothing leaves is the last column.
function columnsOf(count, ends) {
  const columns = Array(count).fill(0);
  for (let round = 0; round < count; round += 1) {
    for (const { source, target } of ends) columns[target] = Math.max(columns[target], columns[source] + 1);
  }
  const last = Math.max(0, ...columns), sources = new Set(ends.map((end) => end.source));
  return columns.map((column, place) => (sources.has(place) ? column : last));
}

function topsOf(columns, amounts, pad, height) {
  const members = [...new Set(columns)].map((column) => columns.flatMap((own, place) => (own === column ? [place] : [])));
  const total = (own) => own.reduce((sum, place) => sum + amounts[place], 0);
  const unit = Math.min(...members.map((own) => (height - pad * (own.length - 1)) / Math.max(total(own), 1)));
  const tops = Array(columns.length).fill(0);
  for (const own of members) {
    let top = (height - pad * (own.length - 1) - total(own) * unit) / 2;
    for (const place of own) { tops[place] = top; top += amounts[place] * unit + pad; }
  }
  return { tops, unit };
}
