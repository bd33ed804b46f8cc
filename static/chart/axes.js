// Axes: from values to places, which values are marked, and the lines and texts of the marks.
import { element, fitted, heightOf, numberText, widthOf, write } from "./words.js";

const PAD = 0.05, GAP = 6, PER_TICK = { x: 60, y: 45 };
const finite = (values) => values.filter(Number.isFinite);

// The axis of a trace: 'y2' is layout.yaxis2.
export const nameOf = (trace, letter) => trace[`${letter}axis`] ?? letter;

export function axisOf(name, figure, bars) {
  const letter = name[0], spec = figure.layout[`${letter}axis${name.slice(1)}`] ?? {};
  const traces = figure.data.filter((trace) => nameOf(trace, letter) === name);
  const values = traces.flatMap((trace) => trace[letter] ?? []);
  const kind = spec.type ?? (values.some((one) => typeof one === "string") ? "category" : "linear");
  const axis = { name, letter, spec, kind, domain: spec.domain ?? [0, 1] };
  if (kind === "category") axis.categories = [...new Set([...(spec.categoryarray ?? []), ...values])];
  const own = bars.filter((bar) => bar.along === name);
  axis.hasBars = bars.some((bar) => bar.across === name); // a line behind each bar says nothing
  axis.range = rangeOf(axis, traces, own);
  if (spec.autorange === "reversed") axis.range.reverse();
  return axis;
}

// A value as a number on the axis: the place of a category, a logarithm, milliseconds.
export function numberOf(axis, value) {
  if (value === null || value === undefined || value === "") return NaN;
  if (axis.kind === "category") return typeof value === "number" ? value : axis.categories.indexOf(value);
  if (axis.kind === "date") return Date.parse(value);
  return axis.kind === "log" ? Math.log10(value) : Number(value);
}

function rangeOf(axis, traces, bars) {
  const { spec, kind } = axis;
  if (spec.range) return spec.range.map((one) => (kind === "date" ? Date.parse(one) : one));
  if (kind === "category") return [-0.5, axis.categories.length - 0.5];
  const spread = (trace) => {
    const error = trace[`error_${axis.letter}`];
    return (trace[axis.letter] ?? []).flatMap((value, place) => {
      const at = numberOf(axis, value);
      return error ? [at, at + (error.array[place] ?? 0), at - (error.arrayminus?.[place] ?? 0)] : [at];
    });
  };
  const found = finite([...traces.flatMap(spread), ...bars.flatMap((bar) => [bar.from, bar.to])]);
  if (!found.length) return [0, 1];
  let low = Math.min(...found), high = Math.max(...found);
  if (low === high) [low, high] = bars.length || spec.rangemode ? [Math.min(0, low), Math.max(low, 0) || 1] : [low - 1, high + 1];
  const pad = (high - low) * PAD, fromZero = low >= 0 && kind === "linear" && (bars.length || spec.rangemode === "tozero");
  return [fromZero ? 0 : low - pad, high + pad];
}

// start and end in pixels: for y from the bottom up.
export function placed(axis, start, end) {
  const [low, high] = axis.range;
  axis.start = start;
  axis.end = end;
  axis.at = (value) => start + ((numberOf(axis, value) - low) / (high - low)) * (end - start);
  axis.unit = Math.abs((end - start) / (high - low));
  return axis;
}

// [value, text] of each mark on the axis, as far as it is in the range.
export function ticksOf(axis, pixels) {
  const { spec, kind } = axis, [low, high] = [Math.min(...axis.range), Math.max(...axis.range)];
  const within = (tick) => { const at = numberOf(axis, tick[0]); return at >= low - 1e-9 && at <= high + 1e-9; };
  if (spec.tickvals) {
    return spec.tickvals.map((value, place) => [value, spec.ticktext?.[place] ?? plain(value)]).filter(within);
  }
  if (kind === "category") return axis.categories.map((name) => [name, name]).filter(within);
  if (kind === "log") {
    const powers = [...Array(Math.max(0, Math.floor(high) - Math.ceil(low) + 1)).keys()].map((step) => 10 ** (Math.ceil(low) + step));
    return powers.map((value) => [value, plain(value)]);
  }
  const rough = (high - low) / Math.max(2, pixels / PER_TICK[axis.letter]), size = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((times) => times * size).find((one) => one >= rough);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const first = Math.ceil(low / step - 1e-9), last = Math.floor(high / step + 1e-9);
  return [...Array(last - first + 1).keys()].map((number) => {
    const value = (first + number) * step;
    return [value, numberText(value, decimals)];
  });
}

const plain = (value) => (typeof value === "number" ? numberText(value, 6) : String(value));

export const fontOf = (axis, base) => ({ ...base, ...axis.spec.tickfont });

// Room that the marks and the title of an axis take beside the plot, in pixels.
export function roomOf(axis, ticks, font, pixels, most) {
  if (axis.spec.visible === false) return 0;
  const title = axis.spec.title?.text ? 20 : 0;
  if (axis.letter === "y") {
    axis.most = most;
    return Math.min(most, Math.max(0, ...ticks.map(([, text]) => widthOf(text, font)))) + GAP + title;
  }
  const widest = Math.max(0, ...ticks.map(([, text]) => widthOf(text, font))), slot = pixels / Math.max(1, ticks.length);
  // Turned only where the texts would touch.
  axis.angle = widest + 8 <= slot ? 0 : axis.spec.tickangle ?? (axis.kind === "category" ? -45 : 0);
  // Texts that lie flat must not touch: every second, third … is written.
  axis.every = axis.angle ? Math.max(1, Math.ceil((font.size + 2) / slot)) : Math.max(1, Math.ceil((widest + 8) / slot));
  const high = Math.max(0, ...ticks.map(([, text]) => heightOf(text, font)));
  return (axis.angle ? widest * Math.SQRT1_2 + high * Math.SQRT1_2 : high) + GAP + title;
}

export function drawGrid(axis, ticks, cross, parent) {
  if (axis.spec.showgrid === false || axis.spec.visible === false || axis.hasBars) return;
  const lines = ticks.map(([value]) => {
    const at = axis.at(value).toFixed(1);
    return axis.letter === "x" ? `M${at} ${cross.start}V${cross.end}` : `M${cross.start} ${at}H${cross.end}`;
  });
  element("path", { d: lines.join(""), stroke: axis.spec.gridcolor ?? "#d9d9d9", "stroke-width": 1, "shape-rendering": "crispEdges", class: "grid" }, parent);
}

export function drawTexts(axis, ticks, box, base, parent) {
  if (axis.spec.visible === false) return;
  const font = fontOf(axis, base), title = { ...base, ...axis.spec.title?.font };
  if (axis.letter === "y") {
    ticks.forEach(([value, text]) => {
      const shown = fitted(text, font, axis.most);
      write(shown, box.left - GAP, axis.at(value), { font, across: "end", title: shown === text ? undefined : text }, parent);
    });
    const middle = (axis.start + axis.end) / 2;
    if (axis.spec.title?.text) write(axis.spec.title.text, 9, middle, { font: title, angle: -90 }, parent);
    return;
  }
  const above = axis.spec.side === "top", edge = above ? box.top - GAP : box.bottom + GAP;
  ticks.filter((_, place) => place % axis.every === 0).forEach(([value, text]) => write(text, axis.at(value), edge, {
    font, angle: axis.angle || undefined, across: axis.angle ? "end" : "middle",
    down: axis.angle ? "middle" : above ? "bottom" : "top",
  }, parent));
  const away = above ? box.top - axis.room + 2 : box.bottom + axis.room - 2;
  if (axis.spec.title?.text) {
    write(axis.spec.title.text, (axis.start + axis.end) / 2, away, { font: title, down: above ? "top" : "bottom" }, parent);
  }
}
