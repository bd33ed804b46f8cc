"""Who sits where: bodies on the left, organisations on the right, a line for each seat. No two labels meet."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ui import theme
from ui.charts.base import Figure, layout_of

ROW_HEIGHT = 26
LONGEST_LABEL = 18
WIDTHS = 5  # from one to this many steps of thickness
SYMBOLS = {"support": "circle", "connection": "diamond", "both": "square", "other": "circle-open"}
LOOSE_SYMBOL = "x-thin-open"


class Seat(NamedTuple):
    """An organisation (or a kind of them) on the list of a body: at how many meetings, and at how many it came."""

    body: str
    organisation: str
    side: str
    seats: int
    present: int


def network(seats: Sequence[Seat], side_names: Mapping[str, str], bodies: Sequence[str]) -> Figure:
    """Two columns of nodes and the lines between them, thicker the more meetings, dotted where nobody ever came.

    seats: one for each body and organisation; an organisation has the same side everywhere. side_names: code → word,
    in the order of the legend. bodies: from top to bottom; those without a seat are left out.
    """
    shown = [name for name in bodies if any(seat.body == name for seat in seats)]
    people = ordered(seats, shown)
    sides = {seat.organisation: seat.side for seat in seats}
    rows = max(len(shown), len(people), 1)
    left, right = _places(shown, rows), _places(people, rows)
    nodes = [_nodes(left, _said(seats, "body", "organisation"), 0, "会議体", "square", theme.INK)]
    said = _said(seats, "organisation", "body")
    for side, word in side_names.items():
        own = {name: right[name] for name in people if sides[name] == side}
        if own:
            nodes.append(_nodes(own, said, 1, word, SYMBOLS.get(side, LOOSE_SYMBOL), theme.MAIN))
    layout = layout_of(
        ROW_HEIGHT * rows + 80,
        x_title="",
        xaxis={"range": [-0.62, 1.75], "visible": False},
        yaxis={"range": [rows - 0.3, -0.7], "visible": False},
        showlegend=True,
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0},
        hovermode="closest",
    )
    layout["margin"] = {"l": 0, "r": 0, "t": 36, "b": 4}
    return {"data": [*_lines(seats, left, right), *nodes], "layout": layout}


def ordered(seats: Sequence[Seat], bodies: Sequence[str]) -> list[str]:
    """Organisations so that those of the same bodies stand together: by the mean place of their bodies."""
    place = {name: number for number, name in enumerate(bodies)}
    totals: dict[str, tuple[int, int]] = {}
    for seat in seats:
        weighted, total = totals.get(seat.organisation, (0, 0))
        totals[seat.organisation] = weighted + place[seat.body] * seat.seats, total + seat.seats
    return sorted(totals, key=lambda name: (totals[name][0] / max(totals[name][1], 1), -totals[name][1], name))


def _places(names: Sequence[str], rows: int) -> dict[str, float]:
    """Spread evenly over the rows of the longer column, each in the middle of its share."""
    return {name: (number + 0.5) * rows / len(names) - 0.5 for number, name in enumerate(names)}


def _said(seats: Sequence[Seat], column: str, other: str) -> dict[str, str]:
    """What the pointer over a node tells: its lines, one under the other."""
    said: dict[str, list[str]] = {}
    for seat in sorted(seats, key=lambda one: -one.seats):
        line = f"{getattr(seat, other)}：{seat.seats:,}回のうち{seat.present:,}回出席"
        said.setdefault(getattr(seat, column), []).append(line)
    return {name: "<br>".join([f"<b>{name}</b>", *lines]) for name, lines in said.items()}


def _lines(seats: Sequence[Seat], left: Mapping[str, float], right: Mapping[str, float]) -> list[Figure]:
    """The lines in a few traces, one for each look: a trace a line would be ten times as much to send."""
    most = max((seat.seats for seat in seats), default=1)
    looks: dict[tuple[int, bool], list[float | None]] = {}
    for seat in seats:
        look = (math.ceil(WIDTHS * seat.seats / most), seat.present > 0)
        looks.setdefault(look, []).extend([left[seat.body], right[seat.organisation], None])
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [0, 1, None] * (len(ends) // 3),
            "y": ends,
            "line": {
                "color": theme.LIGHT if came else theme.MUTED,
                "width": width * 1.2,
                "dash": "solid" if came else "dot",
            },
            "opacity": 0.5,
            "hoverinfo": "skip",
            "showlegend": False,
        }
        for (width, came), ends in sorted(looks.items())
    ]


def _nodes(places: Mapping[str, float], said: Mapping[str, str], x: int, name: str, symbol: str, colour: str) -> Figure:
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [x] * len(places),
        "y": list(places.values()),
        "name": name,
        # A no-break space keeps the name off its mark.
        "text": [f"\u00a0{_short(one)}\u00a0" for one in places],
        "textposition": "middle right" if x else "middle left",
        "textfont": {"size": 12, "color": theme.INK},
        "marker": {"size": 11, "symbol": symbol, "color": colour, "line": {"width": 2, "color": colour}},
        "hovertext": [said[one] for one in places],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_LABEL else name[: LONGEST_LABEL - 1] + "…"
