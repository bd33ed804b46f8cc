"""The first things of the overview: three sentences of fact and the key figures."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from metrics.catalog import load_catalog
from ui.internal import figures, store
from ui.labels import sentences

KEY_INDICATORS = (
    *("recommendation_rate", "handover_rate", "contact_within_30_days", "days_to_contact", "consent_rate"),
    *("platform_attendance", "council_participation", "support_meeting_participation", "joint_operation_rate"),
    "daily_practice_coverage",
)
TOLD = ("recommendation_rate", "contact_within_30_days")
COMPARED = ("recommendation_rate", "handover_rate", "contact_within_30_days")


def section(version: str, months: Sequence[str], query: str) -> None:
    st.markdown("\n".join(f"- {sentence}" for sentence in _sentences(version, tuple(months))))
    st.html(_cards(version, tuple(months), query))
    st.caption(
        "前年同期差は、前年度の同じ月との差です。色は良し悪しを示しません。（一部）は、未提出の月がある市区町村を含む値です。"
    )


@st.cache_data(max_entries=64, show_spinner=False)
def _sentences(version: str, months: Sequence[str]) -> list[str]:
    compared = [(load_catalog()[one], store.compared(version, one, months).frame) for one in COMPARED]
    return [
        sentences.coverage(store.coverage(version), len(store.areas(version)), months),
        sentences.changes([store.key_figure(version, one, months) for one in TOLD]),
        sentences.differences(compared, store.names(version)),
    ]


@st.cache_data(max_entries=64, show_spinner=False)
def _cards(version: str, months: Sequence[str], query: str) -> str:
    shown = [one for one in KEY_INDICATORS if one in load_catalog()]
    return figures.cards([store.key_figure(version, one, months) for one in shown], query)
