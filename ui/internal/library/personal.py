"""The guard before anything that was typed is kept: the same as for files. It names the place, never the value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from desk.case_sheet import HEADINGS
from etl.declare import all_returns
from etl.privacy import personal_places


def personal_problems(sheet: Mapping[str, str]) -> list[str]:
    """Sentences that say in which field, and on which line, which kind of personal information stands."""
    return list(_problems(sheet))


def _problems(sheet: Mapping[str, str]) -> Iterator[str]:
    declared = all_returns()["example"]
    for name, text in sheet.items():
        kind = declared.field(name).kind
        if not kind.is_free_text:
            continue
        yield from problems_of(HEADINGS[name], text, is_organisation=kind.of_organisation)


def problems_of(heading: str, text: str, *, is_organisation: bool = False) -> list[str]:
    """The same of one text under its heading."""
    has_lines = "\n" in text
    return [
        f"「{heading}」{f'の{line}行目' if line and has_lines else ''}に、"
        f"個人に関する記載（{what}）と見られるものがあります。"
        for line, what in personal_places(text, heading=heading, is_organisation=is_organisation)
    ]
