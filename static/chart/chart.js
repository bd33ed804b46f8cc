// Draws a plotly figure (scatter, bar, sankey as this project uses them) as SVG: light, sharp on paper, by keyboard too.
import { axisOf, drawGrid, drawTexts, fontOf, nameOf, placed, roomOf, ticksOf } from "./axes.js";
import { barsOf, drawBars, drawScatter } from "./marks.js";
import { drawFlow } from "./flow.js";
import { drawNote, drawShape, legend } from "./frame.js";
import { element } from "./words.js";
import { pointed } from "./pointer.js";

const shown = new WeakMap(); // frame → what it shows, over reruns
let clips = 0;

export function show({ data, parentElement, setTriggerValue }) {
  const frame = parentElement.querySelector(".chart");
  const state = shown.get(frame) ?? { hidden: new Set() };
  Object.assign(state, { figure: data.figure, alt: data.alt, choose: data.choosable ? (code) => setTriggerValue("area", code) : null });
  if (!shown.has(frame)) {
    shown.set(frame, state);
    state.observer = new ResizeObserver(() => { if (frame.clientWidth !== state.width) draw(frame, state); });
    state.observer.observe(frame);
  } else draw(frame, state);
  return () => { state.observer.disconnect(); shown.delete(frame); };
}

function draw(frame, state) {
  state.width = frame.clientWidth;
  if (!state.width) return;
  const { data, layout } = state.figure, isHidden = (trace) => state.hidden.has(trace.legendgroup ?? trace.name);
  const figure = { data: data.filter((trace) => !isHidden(trace)), layout };
  const parts = [];
  let height = layout.height;
  if (layout.showlegend) {
    const names = legend(state.figure, state.hidden, (group) => {
      if (!state.hidden.delete(group)) state.hidden.add(group);
      draw(frame, state);
    });
    frame.replaceChildren(names);
    height -= names.offsetHeight;
    parts.push(names);
  }
  const svg = element("svg", {
    width: state.width, height, viewBox: `0 0 ${state.width} ${height}`, role: "img", "aria-label": state.alt, class: "drawing",
  });
  const hits = figure.data.some((trace) => trace.type === "sankey") ? drawnFlow(figure, svg, state.width, height)
    : drawnPlot(figure, svg, state.width, height);
  (layout.legend?.y ?? 1) < 0.5 ? parts.unshift(svg) : parts.push(svg);
  frame.replaceChildren(...parts);
  pointed(frame, svg, hits.filter(Boolean), state.choose);
}

function drawnFlow({ data, layout }, svg, width, height) {
  const { l, r, t, b } = layout.margin, box = { left: l, right: width - r, top: t, bottom: height - b };
  const hits = drawFlow(data[0], box, layout.font, svg);
  for (const note of layout.annotations ?? []) drawNote(note, {}, box, layout.font, width, svg);
  return hits;
}

// Axes by name, ticks, and the box of the plot between them.
function laidOut(figure, bars, width, height) {
  const { layout } = figure, { l, r, t, b } = layout.margin, base = layout.font;
  const names = new Set(["x", "y", ...figure.data.flatMap((trace) => [nameOf(trace, "x"), nameOf(trace, "y")])]);
  const axes = Object.fromEntries([...names].map((name) => [name, axisOf(name, figure, bars)]));
  const x = axes.x, ys = Object.values(axes).filter((axis) => axis.letter === "y");
  const high = height - t - b - 40, ticks = {};
  let left = l;
  for (const y of ys) {
    ticks[y.name] = ticksOf(y, high * (y.domain[1] - y.domain[0]));
    left = Math.max(left, roomOf(y, ticks[y.name], fontOf(y, base), high, width * 0.4) + 2);
  }
  ticks.x = ticksOf(x, width - left - r);
  x.room = roomOf(x, ticks.x, fontOf(x, base), width - left - r);
  const above = x.spec.side === "top", least = layout.showlegend && !above ? 10 : t;
  const top = above ? Math.max(least, x.room + 4) : least, bottom = height - (above ? b : Math.max(b, x.room + 2));
  const box = { left, right: width - r, top, bottom };
  placed(x, box.left, box.right);
  for (const y of ys) {
    const [from, to] = y.domain.map((share) => bottom - share * (bottom - top));
    placed(y, from, to);
  }
  return { axes, ys, ticks, box };
}

function drawnPlot(figure, svg, width, height) {
  const { data, layout } = figure, bars = barsOf(figure), { axes, ys, ticks, box } = laidOut(figure, bars, width, height);
  const defs = element("defs", {}, svg), id = `plot-${(clips += 1)}`, base = layout.font;
  const edge = element("clipPath", { id }, defs);
  element("rect", { x: box.left, y: box.top - 1, width: Math.max(0, box.right - box.left), height: Math.max(0, box.bottom - box.top + 2) }, edge);
  const layer = (more = {}) => element("g", more, svg), clip = { "clip-path": `url(#${id})` };
  const below = layer(clip);
  const shapes = layout.shapes ?? [];
  shapes.filter((shape) => shape.layer === "below").forEach((shape) => drawShape(shape, axes, box, below));
  for (const y of ys) {
    drawGrid(y, ticks[y.name], { start: box.left, end: box.right }, below);
    drawGrid(axes.x, ticks.x, { start: y.start, end: y.end }, below);
  }
  const hits = drawBars(bars, axes, defs, layer(), base);
  const layers = { clipped: layer(clip), open: layer() };
  let before = null;
  for (const trace of data.filter((one) => one.type === "scatter")) {
    hits.push(...drawScatter(trace, before, axes, layers, base, width));
    before = trace;
  }
  const over = layer(clip), words = layer();
  shapes.filter((shape) => shape.layer !== "below").forEach((shape) => drawShape(shape, axes, box, over));
  Object.values(axes).forEach((axis) => drawTexts(axis, ticks[axis.name], box, base, words));
  (layout.annotations ?? []).forEach((note) => drawNote(note, axes, box, base, width, words));
  return hits;
}
