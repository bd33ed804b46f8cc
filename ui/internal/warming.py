"""What the first reader after a start would wait for, made beforehand: the usual views of every indicator.

Polite: it begins when the server has been up for a while, and rests between two answers, so that whoever is there
already goes first.
"""

from __future__ import annotations

import gc
import logging
import time
from collections.abc import Iterator
from threading import Thread

from metrics.catalog import load_catalog
from metrics.periods import fiscal_year_of, months_of_year

# Imported for the server: a second of imports that the first reader need not wait for.
from ui.internal import sections, store

__all__ = ["begin", "sections", "usual_views"]

BEGIN_SECONDS, REST_SECONDS = 10.0, 0.05
# Young objects, young collections, middle collections before the next of each: pages make many objects and few cycles.
THRESHOLDS = (20_000, 20, 50)


def begin() -> Thread:
    """Starts making them beside the server; a thread that ends with the process."""
    thread = Thread(target=_make, name="warming", daemon=True)
    thread.start()
    return thread


def usual_views(version: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Indicators with the months of whole fiscal years, the latest first, as pages open with it; then single months."""
    reported = store.reported_months(version)
    years = sorted({fiscal_year_of(month) for month in reported}, reverse=True)
    for months in (*map(months_of_year, years), *([month] for month in reversed(reported))):
        for indicator_id in load_catalog():
            yield indicator_id, tuple(months)


def settle() -> None:
    """What is kept from here on is not gone through again by every full garbage collection, which stops everybody."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)


def _make() -> None:
    time.sleep(BEGIN_SECONDS)
    version = store.version()
    if version is None:
        return
    try:
        for indicator_id, months in usual_views(version):
            store.compared(version, indicator_id, months)
            store.key_figure(version, indicator_id, months)
            time.sleep(REST_SECONDS)
        settle()
    except Exception:
        # Pages say for themselves what is wrong with a database.
        logging.getLogger(__name__).exception("the usual views could not be made beforehand")
