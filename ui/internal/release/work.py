"""A draft in the making, in a thread of its own: whoever waits for it may look at other pages meanwhile.

One at a time for each place; everybody at this server sees how far it is and, in the end, the draft.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from datetime import datetime

import streamlit as st

from etl.store import Place
from release.draft import Draft, Options, prepare
from release.spoken import elapsed_text


@dataclass(frozen=True)
class Made:
    """A draft and when it was made."""

    draft: Draft
    at: datetime


@dataclass
class Work:
    """What is known of a draft that was asked for: how far it is, then the draft, or why there is none."""

    begun: float = field(default_factory=time.monotonic)
    step: str = "準備しています"
    share: float = 0.0
    made: Made | None = None
    error: Exception | None = None
    is_over: threading.Event = field(default_factory=threading.Event)

    @property
    def elapsed(self) -> str:
        """How long it has been going on: 「3分05秒」"""
        return elapsed_text(time.monotonic() - self.begun)

    def say(self, step: str, share: float) -> None:
        self.step, self.share = step or "まとめています", min(max(share, 0.0), 1.0)


@st.cache_resource(show_spinner=False)
def _works() -> tuple[threading.Lock, dict[str, Work]]:
    """The last work of each place."""
    return threading.Lock(), {}


def work_of(place: Place) -> Work | None:
    return _works()[1].get(str(place.pointer))


def is_running(place: Place) -> bool:
    work = work_of(place)
    return work is not None and not work.is_over.is_set()


def start(place: Place, options: Options) -> None:
    """Begins a draft, unless one is being made."""
    lock, works = _works()
    with lock:
        if not is_running(place):
            work = works[str(place.pointer)] = Work()
            threading.Thread(target=_run, args=(work, place, options), daemon=True).start()


def _run(work: Work, place: Place, options: Options) -> None:
    try:
        work.made = Made(prepare(place, options, work.say), datetime.now().replace(microsecond=0))
    except Exception as error:  # told on the page, where a mistake of ours shows as one
        work.error = error
    finally:
        work.is_over.set()
