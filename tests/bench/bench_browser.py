"""How long a reader waits for each page in a real browser: `python -m tests.bench.bench_browser [PAGE…]`.

Milliseconds from the navigation to the last element in the document, with nothing in the browser's cache and a second
time with everything in it, and as a ratio to an empty Streamlit page of the same run. Beside it when the title, the
first sentence and the last key figure stood there. Every cold load has a browser of its own; rounds alternate over the
pages. A bare Dash page with the same contents, measured once apart from this: 1.6 times empty cold, 1.9 times cached.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Playwright, sync_playwright

from etl.boundaries import boundaries_are_current, write_boundaries
from tests.bench.session import EMPTY, PAGES
from tests.browser.app_server import running
from tests.browser.conftest import ARGUMENTS, PROGRAMS, WIDE
from tests.sample_database import load_sample

ROUNDS = 3
QUIET_TICKS = 12  # tenths of a second in which the browser was free and nothing was added: the page is complete
DASH = {"cold": 1.6, "cached": 1.9}
MOST_FIRST = 1.3
# Elements only: what a chart repaints on its canvas cannot be seen from here. The spinner that shows a run is no content.
# Maps and rankings stand in shadow roots, which an observer of the document does not see into: each is watched too.
LOOK = """
(() => {
  const seen = { last: 0, title: 0, sentence: 0, figure: 0, figures: 0, quiet: 0 };
  window.__seen = seen;
  const inside = (node) => {
    const root = node.getRootNode();
    if (root instanceof ShadowRoot) return inside(root.host);
    const one = node.nodeType === 1 ? node : node.parentElement;
    return one && one.closest('[data-testid="stMain"], [data-testid="stSidebar"]') && !one.closest('svg.modebar');
  };
  const stands = (selector, least) => [...document.querySelectorAll(selector)]
    .some((one) => one.textContent.trim().length >= least);
  const observer = new MutationObserver((changes) => {
    const now = performance.now();
    if (!changes.some((one) => one.addedNodes.length && inside(one.target))) return;
    seen.last = now;
    seen.quiet = 0;
    if (!seen.title && stands('[data-testid="stMain"] h1', 1)) seen.title = now;
    if (!seen.sentence && stands('[data-testid="stMain"] [data-testid="stMarkdownContainer"] :is(p, li)', 12)) {
      seen.sentence = now;
    }
    const figures = document.querySelectorAll('[data-testid="stMetricValue"]').length;
    if (figures !== seen.figures) { seen.figures = figures; seen.figure = now; }
  });
  const all = { childList: true, subtree: true };
  observer.observe(document, all);
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (how) {
    const root = attach.call(this, how);
    observer.observe(root, all);
    return root;
  };
  setInterval(() => { seen.quiet += 1; }, 100);
})();
"""
COMPLETE = """
(quiet) => window.__seen.title > 0 && window.__seen.quiet > quiet
  && document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === 'notRunning'
  && !document.querySelector('[data-testid="stSkeleton"]')
"""


@dataclass(frozen=True)
class Load:
    """One load: milliseconds from the navigation to what stood when; 0 for what the page does not have."""

    last: float
    title: float
    sentence: float
    figure: float
    megabytes: float


def chromium() -> str:
    named = os.environ.get("RENKEI_CHROMIUM")
    found = next(filter(None, map(shutil.which, [named] if named else PROGRAMS)), None)
    if found is None:
        raise SystemExit("no chromium was found; set RENKEI_CHROMIUM to its path")
    return found


def loads(playwright: Playwright, url: str) -> tuple[Load, Load]:
    """The first load of a new browser and the second."""
    browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
    try:
        context = browser.new_context(viewport=WIDE, locale="ja-JP", timezone_id="Asia/Tokyo")
        context.add_init_script(LOOK)
        found = []
        for _ in range(2):
            page = context.new_page()
            page.goto(url, wait_until="commit")
            page.wait_for_function(COMPLETE, arg=QUIET_TICKS, timeout=60_000)
            seen = page.evaluate("window.__seen")
            fetched = page.evaluate(
                "performance.getEntriesByType('resource').reduce((sum, one) => sum + one.transferSize, 0)"
            )
            found.append(Load(seen["last"], seen["title"], seen["sentence"], seen["figure"], fetched / 1e6))
            page.close()
        return found[0], found[1]
    finally:
        browser.close()


def measure(folder: Path, pages: Sequence[str], rounds: int) -> dict[str, list[tuple[Load, Load]]]:
    """Pairs of loads (cold, cached) by page; EMPTY is the empty page."""
    (folder / "empty.py").write_text(EMPTY, encoding="utf-8")
    sample = load_sample(folder / "build", folder / "returns")
    found: dict[str, list[tuple[Load, Load]]] = defaultdict(list)
    with contextlib.ExitStack() as stack:
        playwright = stack.enter_context(sync_playwright())
        empty = stack.enter_context(running(None, script=folder / "empty.py")).url
        app = stack.enter_context(running(sample.path)).url
        addresses = {EMPTY: empty} | {page: f"{app}/{page}" for page in pages}
        for address in addresses.values():
            loads(playwright, address)  # the server's own first time is not what readers see
        for _ in range(rounds):
            for page, address in addresses.items():
                found[page].append(loads(playwright, address))
    return found


def main(pages: Sequence[str]) -> int:
    if not boundaries_are_current():
        write_boundaries()
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder), pages or list(PAGES), ROUNDS)
    for number, kind in enumerate(DASH):
        empty = _median(found[EMPTY], number, "last")
        print(f"{kind}: empty page {empty:.0f} ms (median of {ROUNDS}); goal below Dash's {DASH[kind]}×")
        for page, pairs in found.items():
            if page != EMPTY:
                print(_line(page, pairs, number, empty, DASH[kind]), flush=True)
    return 0


def _median(pairs: list[tuple[Load, Load]], number: int, what: str) -> float:
    return statistics.median(getattr(pair[number], what) for pair in pairs)


def _line(page: str, pairs: list[tuple[Load, Load]], number: int, empty: float, goal: float) -> str:
    last = _median(pairs, number, "last")
    firsts = {what: _median(pairs, number, what) for what in ("title", "sentence", "figure")}
    told = "  ".join(f"{what} {time / empty:4.2f}×" if time else f"{what}     -" for what, time in firsts.items())
    misses = [f"last over {goal}×"] if last / empty > goal else []
    misses += [f"{what} over {MOST_FIRST}×" for what in ("sentence", "figure") if firsts[what] / empty > MOST_FIRST]
    size = _median(pairs, number, "megabytes")
    return f"  /{page:<14}{last:6.0f} ms {last / empty:5.2f}×  {told}  {size:5.1f} MB  {'; '.join(misses)}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
