"""The yearly answers about day-to-day practice, kept for the pages."""

from __future__ import annotations

from ui.internal import store
from ui.internal.memory import kept
from ui.labels import practices
from ui.labels.practices import Answer


@kept(32)
def answers(version: str, fiscal_year: int) -> dict[str, dict[str, Answer]]:
    """Municipality → item → answer of that year."""
    return practices.answers(store.practices(version), store.areas(version)["area_code"], fiscal_year)
