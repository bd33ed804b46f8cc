// What stands for values: bars, lines, bands, points, intervals. Each mark that has words is handed on for the pointer.
import { element, filledIn, widthOf, write } from "./words.js";
import { nameOf } from "./axes.js";

const BAR = 0.8; // of the room between two categories
const DASHES = { dash: "8 6", dot: "2 4", dashdot: "8 4 2 4", longdash: "14 6" };
const of = (value, place) => (Array.isArray(value) ? value[place] : value);
let made = 0;

// Every bar as numbers on its two axes, before there are pixels. along: the axis of its length.
export function barsOf(figure) {
  const traces = figure.data.filter((trace) => trace.type === "bar"), stacked = figure.layout.barmode === "stack";
  const tops = new Map();
  return traces.flatMap((trace) => {
    const lies = trace.orientation === "h", along = nameOf(trace, lies ? "x" : "y"), across = nameOf(trace, lies ? "y" : "x");
    const side = traces.filter((one) => nameOf(one, lies ? "y" : "x") === across);
    const share = stacked ? 1 : side.length, turn = stacked ? 0 : side.indexOf(trace);
    return (lies ? trace.y : trace.x).map((name, place) => {
      const value = (lies ? trace.x : trace.y)[place], key = `${across} ${name}`;
      const from = stacked ? tops.get(key) ?? 0 : of(trace.base, place) ?? 0;
      if (stacked) tops.set(key, from + (value ?? 0));
      const wide = of(trace.width, place) ?? BAR / share;
      const shift = trace.width ? 0 : (turn - (share - 1) / 2) * wide;
      return { trace, place, lies, along, across, name, from, to: value === null ? NaN : from + value, wide, shift };
    });
  });
}

export function drawBars(bars, axes, defs, parent, base) {
  return bars.filter((bar) => Number.isFinite(bar.to)).map((bar) => {
    const { trace, place } = bar, along = axes[bar.along], across = axes[bar.across], marker = trace.marker ?? {};
    const middle = across.at(bar.name) + bar.shift * across.unit, half = (bar.wide * across.unit) / 2;
    const ends = [along.at(bar.from), along.at(bar.to)].sort((one, other) => one - other);
    const box = bar.lies
      ? { x: ends[0], y: middle - half, width: ends[1] - ends[0], height: 2 * half }
      : { x: middle - half, y: ends[0], width: 2 * half, height: ends[1] - ends[0] };
    const node = element("rect", {
      ...box, class: "bar", fill: fillOf(marker, place, defs), stroke: of(marker.line?.color, place), "stroke-width": of(marker.line?.width, place) ?? 0,
    }, parent);
    error(trace, "error_x", place, along, along.at(bar.to), middle, parent);
    label(bar, box, parent, base);
    return hit(trace, place, { x: box.x + box.width / 2, y: box.y + box.height / 2, box, node, r: 0 });
  });
}

function label({ trace, place, lies }, box, parent, base) {
  const text = of(trace.text, place);
  if (!text || trace.textposition === "none") return;
  const font = { ...base, ...trace.textfont };
  if (trace.textposition === "outside") {
    if (lies) write(text, box.x + box.width + 4, box.y + box.height / 2, { font, across: "start" }, parent);
    else write(text, box.x + box.width / 2, box.y - 3, { font, down: "bottom" }, parent);
  } else if (!lies || widthOf(text, font) + 6 < box.width) {
    write(text, lies ? box.x + 4 : box.x + box.width / 2, box.y + box.height / 2, { font, across: lies ? "start" : "middle" }, parent);
  }
}

// A hatch instead of a plain fill; its lines have the bar's colour unless they are given their own.
function fillOf(marker, place, defs) {
  const colour = of(marker.color, place) ?? "#3460FB";
  if (!of(marker.pattern?.shape, place)) return colour;
  const id = `hatch-${(made += 1)}`, own = marker.pattern.fgcolor, size = marker.pattern.size ?? 8;
  const pattern = element("pattern", { id, width: size, height: size, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, defs);
  element("rect", { width: size, height: size, fill: own ? colour : "#FFFFFF" }, pattern);
  element("rect", { width: size / 3, height: size, fill: own ?? colour }, pattern);
  return `url(#${id})`;
}

function error(trace, which, place, along, x, y, parent) {
  const spec = trace[which];
  if (!spec || !(spec.array[place] || spec.arrayminus?.[place])) return;
  const value = trace[which.at(-1)][place], cap = spec.width ?? 3;
  const low = along.at(value - (spec.arrayminus?.[place] ?? spec.array[place])), high = along.at(value + spec.array[place]);
  const d = which === "error_x"
    ? `M${low} ${y - cap}v${2 * cap}M${low} ${y}H${high}M${high} ${y - cap}v${2 * cap}`
    : `M${x - cap} ${low}h${2 * cap}M${x} ${low}V${high}M${x - cap} ${high}h${2 * cap}`;
  element("path", { d, stroke: spec.color ?? "#1A1A1C", "stroke-width": spec.thickness ?? 1.5, fill: "none", class: "interval" }, parent);
}

// clipped: for what ends at the edge of the plot. open: for points and words, which may stand over it.
export function drawScatter(trace, before, axes, { clipped, open }, base, width) {
  const x = axes[nameOf(trace, "x")], y = axes[nameOf(trace, "y")], mode = trace.mode ?? "lines+markers";
  const points = pointsOf(trace, x, y), line = trace.line ?? {};
  if (trace.fill === "tonexty" && before) band(pointsOf(before, x, y), points, trace, clipped);
  if (mode.includes("lines") && line.width !== 0) {
    const d = runsOf(points).map((run) => `M${stepped(run, line.shape).map(pair).join("L")}`).join("");
    element("path", {
      d, fill: "none", stroke: line.color ?? "#0017C1", "stroke-width": line.width ?? 2, "stroke-linejoin": "round",
      "stroke-dasharray": DASHES[line.dash], opacity: trace.opacity, class: "line",
    }, clipped);
  }
  const marker = trace.marker ?? {}, hits = [];
  points.forEach((point, place) => {
    if (!point) return;
    error(trace, "error_x", place, x, ...point, open);
    error(trace, "error_y", place, y, ...point, open);
    const size = of(marker.size, place) ?? 6;
    const node = mode.includes("markers") ? symbol(trace, place, point, size, open) : undefined;
    if (mode.includes("text")) text(trace, place, point, size, base, width, open);
    hits.push(hit(trace, place, { x: point[0], y: point[1], r: size / 2, node }));
  });
  return hits;
}

const pair = ([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`;

function pointsOf(trace, x, y) {
  return trace.x.map((value, place) => {
    const point = [x.at(value), y.at(trace.y[place])];
    return point.every(Number.isFinite) ? point : null;
  });
}

// Points without a gap between them.
function runsOf(points) {
  const runs = [[]];
  for (const point of points) {
    if (point) runs.at(-1).push(point);
    else if (runs.at(-1).length) runs.push([]);
  }
  return runs.filter((run) => run.length);
}

function stepped(run, shape) {
  if (shape !== "hv" && shape !== "hvh") return run;
  return run.flatMap(([x, y], place) => {
    if (!place) return [[x, y]];
    const [lastX, lastY] = run[place - 1], turn = shape === "hv" ? x : (x + lastX) / 2;
    return [[turn, lastY], [turn, y], [x, y]];
  });
}

function band(lower, upper, trace, parent) {
  const both = upper.map((point, place) => (point && lower[place] ? [lower[place], point] : null)), shape = trace.line?.shape;
  const d = runsOf(both).map((run) => {
    const edges = [0, 1].map((side) => stepped(run.map((two) => two[side]), shape));
    return `M${[...edges[1], ...edges[0].reverse()].map(pair).join("L")}z`;
  }).join("");
  element("path", { d, fill: trace.fillcolor, class: "band" }, parent);
}

const OUTLINES = {
  circle: (r) => `M${r} 0A${r} ${r} 0 1 1 ${-r} 0A${r} ${r} 0 1 1 ${r} 0z`,
  square: (r) => `M${-r} ${-r}H${r}V${r}H${-r}z`,
  diamond: (r) => `M${1.3 * r} 0L0 ${1.3 * r}L${-1.3 * r} 0L0 ${-1.3 * r}z`,
  "triangle-up": (r) => `M${-1.15 * r} ${r / 2}H${1.15 * r}L0 ${-r}z`,
  "triangle-down": (r) => `M${-1.15 * r} ${-r / 2}H${1.15 * r}L0 ${r}z`,
  "line-ns": (r) => `M0 ${1.4 * r}V${-1.4 * r}`,
  x: (r) => `M${-r} ${-r}L${r} ${r}M${-r} ${r}L${r} ${-r}`,
};
const ONLY_LINES = new Set(["line-ns", "x"]);

export function symbol(trace, place, [x, y], size, parent) {
  const marker = trace.marker ?? {}, colour = of(marker.color, place) ?? trace.line?.color ?? "#0017C1";
  const named = of(marker.symbol, place) ?? "circle", shape = named.replace(/-open$|-thin/g, "");
  const hollow = named.endsWith("-open"), lines = ONLY_LINES.has(shape), wide = of(marker.line?.width, place) ?? 0;
  return element("path", {
    d: OUTLINES[shape](size / 2), transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})`, class: "point",
    fill: lines ? "none" : hollow ? "#FFFFFF" : colour, "fill-opacity": hollow && size > 12 ? 0 : undefined,
    stroke: hollow || lines ? colour : of(marker.line?.color, place) ?? colour,
    "stroke-width": hollow || lines ? Math.max(wide, 1.5) : wide,
  }, parent);
}

function text(trace, place, [x, y], size, base, width, parent) {
  const said = of(trace.text, place);
  if (!said) return;
  const font = { ...base, ...trace.textfont }, [down, across] = (of(trace.textposition, place) ?? "middle center").split(" ");
  const off = size / 2 + 2, half = widthOf(said, font) / 2;
  const left = { left: x - off, center: x, right: x + off }[across];
  // A name at the edge is moved inside.
  const inside = across === "center" ? Math.min(Math.max(left, half + 1), width - half - 1) : left;
  write(said, inside, { top: y - off, middle: y, bottom: y + off }[down], {
    font, across: { left: "end", center: "middle", right: "start" }[across], down: { top: "bottom", middle: "middle", bottom: "top" }[down],
  }, parent);
}

// What the pointer finds: where, the words, and the code that a click chooses.
function hit(trace, place, where) {
  if (trace.hoverinfo === "skip" && trace.customdata === undefined) return null;
  const words = trace.hoverinfo === "skip" ? "" : of(trace.hovertext, place)
    ?? filledIn(trace.hovertemplate ?? "%{x}<br>%{y}", { x: trace.x[place], y: trace.y[place] });
  const code = of(trace.customdata, place);
  if (code) where.node?.classList.add("choosable");
  return { ...where, words, code };
}
