// What is said under the pointer or the keyboard, and what a click chooses.
import { fill } from "./words.js";

const NEAR = 16; // pixels

export function pointed(frame, svg, hits, choose) {
  const told = hits.filter((one) => one.words);
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.setAttribute("role", "status");
  tip.hidden = true;
  frame.append(tip);
  const byNode = new Map(hits.map((one) => [one.node, one]));
  let now = null;

  const tell = (one) => {
    if (one === now) return;
    now?.node?.classList.remove("pointed");
    now = one;
    tip.hidden = !one?.words;
    svg.style.cursor = one?.code && choose ? "pointer" : "";
    if (!one) return;
    one.node?.classList.add("pointed");
    if (!one.words) return;
    fill(tip, one.words);
    const left = svg.offsetLeft ?? 0, top = svg.getBoundingClientRect().top - frame.getBoundingClientRect().top;
    const x = Math.min(Math.max(left + one.x - tip.offsetWidth / 2, 0), frame.clientWidth - tip.offsetWidth);
    const over = top + one.y - one.r - tip.offsetHeight - 8;
    tip.style.left = `${Math.max(0, x)}px`;
    tip.style.top = `${over >= 0 ? over : top + one.y + one.r + 10}px`;
  };
  const find = (event) => {
    const own = byNode.get(event.target);
    if (own?.words) return own;
    const box = svg.getBoundingClientRect(), scale = svg.width.baseVal.value / box.width;
    const x = (event.clientX - box.left) * scale, y = (event.clientY - box.top) * scale;
    let best = null, least = NEAR;
    for (const one of hits) {
      const far = one.only ? Infinity : away(one, x, y);
      if (far < least && (one.words || !own)) { best = one; least = far; }
    }
    return best ?? own ?? null;
  };
  const pick = (one) => one?.code && choose?.(String(one.code));

  svg.onpointermove = (event) => { if (event.pointerType !== "touch") tell(find(event)); };
  svg.onpointerleave = () => tell(null);
  svg.onclick = (event) => { const one = find(event); tell(one); pick(one); };
  if (!told.length) return;
  svg.setAttribute("tabindex", "0");
  svg.onblur = () => tell(null);
  svg.onkeydown = (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") return tell(null);
    if (!step && event.key !== "Enter" && event.key !== " ") return undefined;
    event.preventDefault();
    if (!step) return pick(now);
    const place = told.indexOf(now);
    return tell(told[place < 0 ? (step > 0 ? 0 : told.length - 1) : (place + step + told.length) % told.length]);
  };
}

// Pixels from a place to a mark: to the edge of a bar, to the middle of a point less its size.
function away({ box, x: left, y: top, r }, x, y) {
  if (!box) return Math.hypot(x - left, y - top) - r;
  return Math.hypot(Math.max(box.x - x, 0, x - box.x - box.width), Math.max(box.y - y, 0, y - box.y - box.height));
}
