"""How cells look: the palette of the pages, one format for each combination, made when first asked for."""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from reports.content import Cell
from ui import labels, theme

FONT = "BIZ UDPゴシック"
NOT_SHOWN = ("not_sent", "hidden", "not_applicable")
_DARK_FROM = 3  # of the five shades those on which white letters are read


class Looks:
    """The formats of one workbook."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def of(self, **properties: Any) -> Format:
        """A format with the properties of XlsxWriter, in the pack's type."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            base = {"font_name": FONT, "font_size": 10, "font_color": theme.INK, "valign": "vcenter"}
            self._made[key] = self._book.add_format({**base, **properties})
        return self._made[key]

    @property
    def title(self) -> Format:
        return self.of(bold=True, font_size=14)

    @property
    def heading(self) -> Format:
        return self.of(bold=True, font_size=11)

    @property
    def sample(self) -> Format:
        return self.of(bold=True, bg_color=theme.PALE, font_color=theme.MAIN)

    @property
    def muted(self) -> Format:
        return self.of(font_color=theme.MUTED, font_size=9)

    @property
    def running(self) -> Format:
        return self.of(text_wrap=True, valign="top")

    @property
    def note(self) -> Format:
        return self.of(text_wrap=True, valign="top", font_color=theme.MUTED, font_size=9)

    @property
    def head(self) -> Format:
        return self.of(
            bold=True, text_wrap=True, align="center", bg_color=theme.PALE, border=1, border_color=theme.GRID
        )

    def cell(self, cell: Cell, *, number_format: str = "", is_text: bool = True) -> Format:
        """Grey for what has no value, a shade for its size, slanted for what was sent in part."""
        properties: dict[str, Any] = {"border": 1, "border_color": theme.GRID}
        if cell.state in NOT_SHOWN:
            properties |= {"bg_color": theme.NO_DATA, "font_color": theme.MUTED}
        elif cell.shade is not None:
            place = round(cell.shade * (len(theme.SCALE) - 1))
            properties |= {"bg_color": theme.SCALE[place]}
            properties |= {"font_color": "#FFFFFF"} if place >= _DARK_FROM else {}
        if cell.state == "partial":
            properties |= {"italic": True}
            number_format += f'"{labels.PARTIAL_MARK}"' if number_format else ""
        if is_text:
            return self.of(**properties, text_wrap=True)
        return self.of(**properties, num_format=number_format, align="right")
