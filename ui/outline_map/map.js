// A choropleth as SVG. The outlines are fetched once a region and kept; colours, texts and the choice come with a run.
const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 520, MOST_HEIGHT = 430, EDGE = 4, CLOSEST = 8;
const outlines = new Map();

const rings = (geometry) =>
  geometry.type === "Polygon" ? geometry.coordinates : geometry.coordinates.flat();

function laidOut(geojson) {
  const points = geojson.features.flatMap((one) => rings(one.geometry).flat());
  const west = Math.min(...points.map((p) => p[0])), east = Math.max(...points.map((p) => p[0]));
  const south = Math.min(...points.map((p) => p[1])), north = Math.max(...points.map((p) => p[1]));
  // A degree of longitude is shorter than one of latitude.
  const shrink = Math.cos(((south + north) / 2) * Math.PI / 180);
  const scale = Math.min((WIDTH - 2 * EDGE) / ((east - west) * shrink), (MOST_HEIGHT - 2 * EDGE) / (north - south));
  const place = ([x, y]) =>
    `${((x - west) * shrink * scale + EDGE).toFixed(1)} ${((north - y) * scale + EDGE).toFixed(1)}`;
  return {
    width: (east - west) * shrink * scale + 2 * EDGE,
    height: (north - south) * scale + 2 * EDGE,
    areas: geojson.features.map((one) => ({
      code: one.properties.code,
      name: one.properties.name,
      d: rings(one.geometry).map((ring) => `M${ring.map(place).join("L")}z`).join(""),
    })),
  };
}

function fetched(region) {
  if (!outlines.has(region)) {
    const file = new URL(`app/static/boundaries/${region}.geojson`, document.baseURI);
    outlines.set(region, fetch(file).then((answer) => answer.json()).then(laidOut));
  }
  return outlines.get(region);
}

function element(name, attributes, parent) {
  const made = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  parent.append(made);
  return made;
}

// As in files (reports/drawing/choropleth.py): a hatch for what was not sent, dots for what is hidden.
function patterns(svg) {
  const defs = element("defs", {}, svg);
  const made = (id, more) => {
    const pattern = element("pattern", { id, width: 6, height: 6, patternUnits: "userSpaceOnUse", ...more }, defs);
    element("rect", { width: 6, height: 6, fill: "#E6E6E6" }, pattern);
    return pattern;
  };
  element("path", { d: "M0 0v6", stroke: "#8C8C8C", "stroke-width": 1.6 }, made("not_sent", { patternTransform: "rotate(45)" }));
  element("circle", { cx: 3, cy: 3, r: 1.1, fill: "#595959" }, made("hidden", {}));
}

// A place inside an outline, as near to its middle as a coarse grid gives.
function inside(path) {
  const box = path.getBBox(), steps = [...Array(9).keys()].map((part) => (part + 0.5) / 9);
  const points = steps.flatMap((across) => steps.map((down) => new DOMPoint(box.x + box.width * across, box.y + box.height * down)));
  const far = (point) => Math.hypot(point.x - box.x - box.width / 2, point.y - box.y - box.height / 2);
  return points.filter((point) => path.isPointInFill(point)).sort((one, other) => far(one) - far(other))[0];
}

function drawn(shape, data, svg) {
  svg.replaceChildren();
  svg.setAttribute("viewBox", `0 0 ${shape.width} ${shape.height}`);
  patterns(svg);
  const partial = [];
  for (const area of shape.areas) {
    const said = data.areas[area.code] ?? data.absent;
    const path = element("path", { d: area.d, fill: said.fill, "data-code": area.code, class: "area" }, svg);
    element("title", {}, path).textContent = `${area.name}：${said.text}`;
    if (said.partial) partial.push(path);
  }
  const chosen = shape.areas.find((one) => one.code === data.chosen);
  if (chosen) element("path", { d: chosen.d, class: "chosen" }, svg);
  for (const place of partial.map(inside)) {
    if (place) element("circle", { cx: place.x, cy: place.y, r: 3, class: "partial" }, svg);
  }
}

// Drag and the two buttons move and scale the view; a click that was a drag chooses nothing.
function movable(svg, root) {
  let start = null;
  svg.onpointerdown = (event) => { start = { x: event.clientX, y: event.clientY, box: box(svg) }; svg.dataset.dragged = ""; };
  svg.onpointermove = (event) => {
    if (!start || !event.buttons) return;
    const step = start.box.width / svg.clientWidth;
    if (Math.hypot(event.clientX - start.x, event.clientY - start.y) < 5) return;
    svg.dataset.dragged = "yes";
    view(svg, { ...start.box, x: start.box.x - (event.clientX - start.x) * step, y: start.box.y - (event.clientY - start.y) * step });
  };
  svg.onpointerup = () => { start = null; };
  root.querySelector(".closer").onclick = () => scaled(svg, 0.6);
  root.querySelector(".farther").onclick = () => scaled(svg, 1 / 0.6);
}

const box = (svg) => { const { x, y, width, height } = svg.viewBox.baseVal; return { x, y, width, height }; };
const view = (svg, { x, y, width, height }) => svg.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);

function scaled(svg, by) {
  const now = box(svg), whole = { width: +svg.dataset.width, height: +svg.dataset.height };
  const width = Math.min(whole.width, Math.max(whole.width / CLOSEST, now.width * by)), height = width * whole.height / whole.width;
  if (width === whole.width) return view(svg, { x: 0, y: 0, ...whole });
  view(svg, { x: now.x + (now.width - width) / 2, y: now.y + (now.height - height) / 2, width, height });
}

export default function ({ data, parentElement, setTriggerValue }) {
  const svg = parentElement.querySelector("svg");
  svg.setAttribute("aria-label", data.alt);
  svg.classList.toggle("choosable", data.choosable);
  fetched(data.region).then((shape) => {
    const kept = svg.dataset.region === data.region ? box(svg) : null;
    drawn(shape, data, svg);
    Object.assign(svg.dataset, { region: data.region, width: shape.width, height: shape.height, drawn: "yes" });
    if (kept) view(svg, kept);
    movable(svg, parentElement);
  });
  svg.onclick = (event) => {
    const code = event.target.dataset.code;
    if (code && data.choosable && svg.dataset.dragged !== "yes") setTriggerValue("area", code);
  };
}
