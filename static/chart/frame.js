// Lines, boxes and notes that a figure lays over its plot; the names of its traces, each with its look.
import { element, heightOf, widthOf, write } from "./words.js";
import { symbol } from "./marks.js";

const DASHES = { dash: "8 6", dot: "2 4" };

// A place along x or y: a share of the plot ('paper') or a value of the axis.
function at(value, ref, letter, axes, box) {
  if (ref !== "paper") return axes[ref ?? letter].at(value);
  return letter === "x" ? box.left + value * (box.right - box.left) : box.bottom - value * (box.bottom - box.top);
}

export function drawShape(shape, axes, box, parent) {
  const [x0, x1] = [shape.x0, shape.x1].map((one) => at(one, shape.xref, "x", axes, box));
  const [y0, y1] = [shape.y0, shape.y1].map((one) => at(one, shape.yref, "y", axes, box));
  const look = { stroke: shape.line?.color, "stroke-width": shape.line?.width, "stroke-dasharray": DASHES[shape.line?.dash], class: "shape" };
  if (shape.type === "line") return element("path", { d: `M${x0} ${y0}L${x1} ${y1}`, fill: "none", ...look }, parent);
  return element("rect", {
    x: Math.min(x0, x1), y: Math.min(y0, y1), width: Math.abs(x1 - x0), height: Math.abs(y1 - y0), fill: shape.fillcolor, ...look,
  }, parent);
}

const third = (share, names) => names[share < 1 / 3 ? 0 : share > 2 / 3 ? 2 : 1];

export function drawNote(note, axes, box, base, width, parent) {
  const font = { ...base, ...note.font }, wide = widthOf(note.text, font), high = heightOf(note.text, font);
  const x = at(note.x, note.xref, "x", axes, box), y = at(note.y, note.yref, "y", axes, box);
  const across = note.xanchor ?? (note.xref === "paper" ? third(note.x, ["left", "center", "right"]) : "center");
  const down = note.yanchor ?? (note.yref === "paper" ? third(note.y, ["bottom", "middle", "top"]) : "middle");
  const left = Math.max(1, Math.min(x - { left: 0, center: wide / 2, right: wide }[across], width - wide - 1));
  const top = Math.max(0, y - { top: 0, middle: high / 2, bottom: high }[down]);
  if (note.bgcolor) element("rect", { x: left, y: top, width: wide, height: high, fill: note.bgcolor }, parent);
  write(note.text, left, top, { font, across: "start", down: "top" }, parent);
}

// Names of traces as buttons that hide and show them; one a group.
export function legend(figure, hidden, onToggle) {
  const holder = document.createElement("div"), seen = new Set();
  holder.className = "legend";
  for (const trace of figure.data) {
    const group = trace.legendgroup ?? trace.name;
    if (!trace.name || trace.showlegend === false || seen.has(group)) continue;
    seen.add(group);
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-pressed", String(!hidden.has(group)));
    button.title = `${trace.name}を表示・非表示`;
    button.append(sample(trace), trace.name);
    button.onclick = () => onToggle(group);
    holder.append(button);
  }
  return holder;
}

function sample(trace) {
  const svg = element("svg", { width: 26, height: 14, "aria-hidden": "true" }), mode = trace.mode ?? "lines+markers";
  if (trace.type === "bar") {
    const { color, line, pattern } = trace.marker, own = (value) => (Array.isArray(value) ? value[0] : value);
    element("rect", { x: 6, y: 1, width: 14, height: 12, fill: own(color), stroke: own(line?.color), "stroke-width": own(line?.width) ?? 0 }, svg);
    if (pattern) element("path", { d: "M6 7L12 1M6 13L18 1M12 13L20 5", stroke: pattern.fgcolor ?? own(color), fill: "none" }, svg);
    return svg;
  }
  if (mode.includes("lines") && trace.line?.width !== 0) {
    element("path", { d: "M0 7H26", stroke: trace.line?.color, "stroke-width": trace.line?.width ?? 2, "stroke-dasharray": { ...DASHES, dashdot: "8 4 2 4", longdash: "12 4" }[trace.line?.dash], fill: "none" }, svg);
  }
  if (mode.includes("markers")) {
    const size = Math.min(11, Array.isArray(trace.marker?.size) ? trace.marker.size[0] : trace.marker?.size ?? 6);
    symbol(trace, 0, [13, 7], size, svg);
  }
  return svg;
}
