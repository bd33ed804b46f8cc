"""One cell of a matrix, for the page and for paper: a text with its mark and a shade."""

from __future__ import annotations

from dataclasses import dataclass

YES, SOME, NO = "○", "△", "無"
NOT_SENT_SIGN, PARTIAL_SIGN = "未", "*"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell says. state: 'value' or one of the other four; shade 0-4 from few to many, None for none.

    mark: the same in a sign or two, where very many rows stand on one page; the text where it is short enough.
    """

    text: str
    state: str = "value"
    shade: int | None = None
    mark: str = ""

    @property
    def sign(self) -> str:
        """The mark, with what tells of a report in part."""
        if self.state == "not_sent":
            return NOT_SENT_SIGN
        return (self.mark or self.text) + (PARTIAL_SIGN if self.state == "partial" else "")
