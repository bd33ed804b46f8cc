"""The first things of the overview: three sentences of fact and the key figures."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ui.internal import figures, store
from ui.internal.memory import kept
from ui.labels import chosen
from ui.labels.sentences import overview


def section(version: str, months: Sequence[str], query: str) -> None:
    st.markdown("\n".join(f"- {sentence}" for sentence in _sentences(version, tuple(months))))
    st.html(_cards(version, tuple(months), query))
    st.caption(overview.CHANGE_NOTE)


@kept(256)
def _sentences(version: str, months: Sequence[str]) -> list[str]:
    return overview.three_facts(store.answers(version), months)


@kept(256)
def _cards(version: str, months: Sequence[str], query: str) -> str:
    return figures.cards([store.key_figure(version, one, months) for one in chosen.key_indicators()], query)
