"""Charts of a way through several steps: flows between two columns of names, and shares that reached each step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ui import theme
from ui.charts.base import Figure, layout_of
from ui.labels.rounding import fixed

# A name with a smaller share of all is put together with the other small ones: labels would cover each other.
LEAST_SHARE = 0.03
ROW_HEIGHT = 38


class Link(NamedTuple):
    """So many went from a name of one column (0, 1, …) to a name of the next."""

    column: int
    source: str
    target: str
    amount: int


class Step(NamedTuple):
    """A step and how many of `of` reached it, how many did not, how many are not known. None: does not apply."""

    name: str
    reached: int | None
    missed: int
    unknown: int


def gathered(links: Sequence[Link], least_share: float = LEAST_SHARE) -> list[Link]:
    """The links with the small names of each column under one name, 「ほか3区分」; a single small name stays."""
    renamed = dict(_small_names(links, least_share))
    sums: dict[tuple[int, str, str], int] = {}
    for link in links:
        source = renamed.get((link.column, link.source), link.source)
        target = renamed.get((link.column + 1, link.target), link.target)
        key = (link.column, source, target)
        sums[key] = sums.get(key, 0) + link.amount
    return [Link(*key, count) for key, count in sums.items()]


def _small_names(links: Sequence[Link], least_share: float) -> list[tuple[tuple[int, str], str]]:
    totals = _totals(links)
    found = []
    for column in sorted({column for column, _ in totals}):
        own = {name: total for (place, name), total in totals.items() if place == column}
        small = [name for name, total in own.items() if total < least_share * sum(own.values())]
        if len(small) > 1:
            found += [((column, name), f"ほか{len(small)}区分") for name in small]
    return found


def _totals(links: Sequence[Link]) -> dict[tuple[int, str], int]:
    """How many pass each name: what leaves it, or what arrives where nothing leaves."""
    leaving: dict[tuple[int, str], int] = {}
    arriving: dict[tuple[int, str], int] = {}
    for link in links:
        start, end = (link.column, link.source), (link.column + 1, link.target)
        leaving[start] = leaving.get(start, 0) + link.amount
        arriving[end] = arriving.get(end, 0) + link.amount
    return arriving | leaving


def flow(links: Sequence[Link], heads: Sequence[str], unit: str = "件") -> Figure:
    """A Sankey diagram of the links, in one hue; every name carries its count. heads: what each column holds."""
    totals = dict(sorted(_totals(links).items(), key=lambda item: (item[0][0], -item[1])))
    place = {key: number for number, key in enumerate(totals)}
    last = len(heads) - 1
    diagram = {
        "type": "sankey",
        "arrangement": "snap",
        "node": {
            "label": [f"{name} {total:,}" for (_, name), total in totals.items()],
            "color": [theme.MAIN if 0 < column < last else theme.MID for column, _ in totals],
            "pad": 14,
            "thickness": 16,
            "line": {"width": 0},
            "hovertemplate": "%{label}" + unit + "<extra></extra>",
        },
        "link": {
            "source": [place[link.column, link.source] for link in links],
            "target": [place[link.column + 1, link.target] for link in links],
            "value": [link.amount for link in links],
            "color": "rgba(112,150,248,0.32)",
            "hovercolor": "rgba(0,23,193,0.55)",
            "customdata": [f"{link.source} → {link.target}<br>{link.amount:,}{unit}" for link in links],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
        "textfont": {"family": theme.FONT, "size": 13, "color": theme.INK},
    }
    rows = max(sum(column == one for column, _ in totals) for one in range(len(heads)))
    titles = [
        {
            "x": column / last, "y": 1, "yref": "paper", "xref": "paper", "yanchor": "bottom", "text": f"<b>{head}</b>",
            "showarrow": False, "xanchor": ("left", "center", "right")[0 if not column else 2 if column == last else 1],
        }
        for column, head in enumerate(heads)
    ]  # fmt: skip
    layout = layout_of(max(300, ROW_HEIGHT * rows + 60), x_title="", annotations=titles)
    layout["margin"] = {"l": 4, "r": 4, "t": 34, "b": 8}
    del layout["xaxis"], layout["yaxis"]
    return {"data": [diagram], "layout": layout}


def steps(blocks: Sequence[tuple[str, Sequence[Step]]], of: int, unit: str = "件") -> Figure:
    """Shares of `of` that reached each step, as bars of 100 %: reached, not reached, not known (hatched).

    Each block has a heading and axes of its own: steps of different blocks are not parts of each other.
    """
    count = sum(len(block) for _, block in blocks)
    data, layout_axes, notes = [], {}, []
    rows = count + len(blocks)
    top = 1.0
    for number, (head, block) in enumerate(blocks, start=1):
        axis = "" if number == 1 else str(number)
        bottom = top - len(block) / rows - 0.5 / rows
        layout_axes[f"yaxis{axis}"] = {
            "domain": [max(0.0, bottom), top - 0.5 / rows],
            "automargin": True,
            "autorange": "reversed",
            "tickfont": {"size": 13},
        }
        notes.append(
            {
                "x": 0, "xref": "paper", "y": top - 0.45 / rows, "yref": "paper", "yanchor": "bottom",
                "xanchor": "left", "text": head, "showarrow": False, "font": {"size": 12, "color": theme.MUTED},
            }
        )  # fmt: skip
        data += _bars(block, of, unit, f"y{axis}", is_first=number == 1)
        top = bottom - 0.5 / rows
    layout = layout_of(
        36 * rows + 76,
        x_title=f"{of:,}{unit}に占める割合（％）",
        xaxis={"range": [0, 100], "anchor": f"y{len(blocks)}" if len(blocks) > 1 else "y"},
        annotations=notes,
        barmode="stack",
        showlegend=True,
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "traceorder": "normal"},
    )
    return {"data": data, "layout": layout | layout_axes}


def _bars(block: Sequence[Step], of: int, unit: str, axis: str, *, is_first: bool) -> list[Figure]:
    looks = {
        "reached": ("あり", {"color": theme.MAIN}),
        "missed": ("なし", {"color": theme.PALE, "line": {"color": theme.LIGHT, "width": 1}}),
        "unknown": ("未記入", {"color": "#FFFFFF", "line": {"color": theme.MUTED, "width": 1},
                             "pattern": {"shape": "/", "fgcolor": theme.MUTED, "size": 6}}),
    }  # fmt: skip
    bars = []
    for part, (name, marker) in looks.items():
        counts = [getattr(step, part) if step.reached is not None else 0 for step in block]
        bars.append(
            {
                "type": "bar",
                "orientation": "h",
                "yaxis": axis,
                "name": name,
                "legendgroup": part,
                "showlegend": is_first,
                "y": [step.name for step in block],
                "x": [count / of * 100 if of else 0.0 for count in counts],
                "marker": marker,
                "text": [f"{count:,}{unit}" if part == "reached" and count else "" for count in counts],
                "textposition": "inside",
                "insidetextanchor": "start",
                "textfont": {"color": "#FFFFFF", "size": 12},
                "hovertext": [
                    f"{step.name}・{name}<br>{count:,}{unit}（{fixed(count / of * 100 if of else 0, 1)}％）"
                    for step, count in zip(block, counts, strict=True)
                ],
                "hoverinfo": "text",
            }
        )
    return bars
