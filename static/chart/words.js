// Elements and texts of a drawing: texts know <b> and <br> and nothing else, whatever a name may hold.
const SVG = "http://www.w3.org/2000/svg";
const LINE = 1.3; // height of a line in letters
const pen = document.createElement("canvas").getContext("2d");

export function element(name, attributes, parent) {
  const made = document.createElementNS(SVG, name);
  for (const key in attributes) if (attributes[key] !== undefined) made.setAttribute(key, attributes[key]);
  parent?.append(made);
  return made;
}

// Lines of [text, is bold].
export function linesOf(text) {
  let bold = false;
  return String(text).split("<br>").map((line) => {
    const parts = [];
    for (const part of line.split(/(<\/?b>)/)) {
      if (part === "<b>" || part === "</b>") bold = part === "<b>";
      else if (part) parts.push([part, bold]);
    }
    return parts;
  });
}

export function widthOf(text, font) {
  return Math.max(...linesOf(text).map((parts) => parts.reduce((sum, [part, bold]) => {
    pen.font = `${bold ? "bold " : ""}${font.size}px ${font.family}`;
    return sum + pen.measureText(part).width;
  }, 0)));
}

export const heightOf = (text, font) => linesOf(text).length * font.size * LINE;

// The text within so many pixels, with … for what is left out.
export function fitted(text, font, most) {
  if (widthOf(text, font) <= most) return text;
  const letters = [...text.replace(/<\/?b>/g, "")];
  while (letters.length > 1 && widthOf(letters.join("") + "…", font) > most) letters.pop();
  return `${letters.join("")}…`;
}

// across: start, middle or end of the text stands at x; down: its top, middle or bottom at y.
export function write(text, x, y, { font, across = "middle", down = "middle", angle, title }, parent) {
  const lines = linesOf(text), high = font.size * LINE;
  const first = y + high / 2 - { top: 0, middle: 0.5, bottom: 1 }[down] * lines.length * high;
  const made = element("text", {
    x, y: first, fill: font.color, "font-size": font.size, "font-family": font.family,
    "text-anchor": across, "dominant-baseline": "central", transform: angle ? `rotate(${angle} ${x} ${y})` : undefined,
  }, parent);
  lines.forEach((parts, number) => parts.forEach(([part, bold], place) => {
    if (lines.length === 1 && parts.length === 1 && !bold) { made.textContent = part; return; }
    const span = element("tspan", { "font-weight": bold ? "bold" : undefined }, made);
    if (place === 0) { span.setAttribute("x", x); span.setAttribute("y", first + number * high); }
    span.textContent = part;
  }));
  if (title) element("title", {}, made).textContent = title;
  return made;
}

// The same lines as elements of the page.
export function fill(holder, text) {
  holder.replaceChildren(...linesOf(text).map((parts) => {
    const line = document.createElement("div");
    line.append(...parts.map(([part, bold]) => {
      const run = document.createElement(bold ? "b" : "span");
      run.textContent = part;
      return run;
    }));
    return line;
  }));
}

const LOCALE = "ja-JP";
export const numberText = (value, decimals) => value.toLocaleString(LOCALE, { maximumFractionDigits: decimals });

// A template of plotly's: %{x}, %{y:,.0f}, %{label}.
export const filledIn = (template, values) => template.replace("<extra></extra>", "")
  .replace(/%\{(\w+)(?::[^}]*?(\d)?f?)?\}/g, (_, name, decimals) => {
    const value = values[name];
    return typeof value === "number" ? numberText(value, Number(decimals ?? 2)) : String(value ?? "");
  });
