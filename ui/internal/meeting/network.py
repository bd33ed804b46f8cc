"""Which organisations sit in which bodies: kinds of them for the prefecture, their names for one municipality."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from ui import chart, charts, exports, frame, tables
from ui.charts.base import Figure
from ui.charts.network import Seat
from ui.internal import store, words
from ui.internal.memory import kept
from ui.internal.view import View
from ui.rows import rows_of
from ui.wide import wide

SIDE_NAMES = {
    "support": "困窮側の機関",
    "connection": "孤独・孤立側の機関",
    "both": "双方に関わる機関",
    "other": "その他の機関",
    "not_recorded": "側が未記入の機関",
}
SIDE_ORDER = tuple(SIDE_NAMES)


@dataclass(frozen=True)
class Network:
    sentence: str
    figure: Figure


def section(view: View) -> None:
    found = _network(view.version, view.months, view.area)
    if found is None:
        frame.nothing_here(
            "参加機関を示せません。",
            f"{view.where}には、この期間の会議の報告がありません。",
            "期間か市区町村を変えてください。",
        )
        return
    st.markdown(found.sentence)
    with wide("network"):
        chart.show(found.figure, key="network", alt="会議体と参加機関のつながり")
    who = "機関の名称ごと" if view.area else "機関の区分ごと（市区町村を選ぶと、その機関の名称で示します）"
    st.caption(
        f"線は会議体の構成機関として名簿にあることを示し、太さは会議の回数、点線は一度も出席がないこと。{who}。"
        "複数の側で報告された機関は、最も多い側で示します。機関の名称は内部用の画面だけに表示します。"
    )
    tables.data_table(
        lambda: table(view.version, view.months, view.area),
        key="network",
        title=view.title("会議体と参加機関"),
        about=view.about("単位：回（会議の回数）", "出典：会議開催・出席記録（市区町村提出）"),
        pictures=[exports.Picture(found.figure)],
    )


@kept(256)
def seats(version: str, months: tuple[str, ...], area: str | None) -> list[Seat]:
    """One for each body and organisation (kind of organisations for the prefecture)."""
    rows = store.tally(version, "organisation_seat", months)
    rows = rows[rows["area_code"] == area] if area else rows
    name = "organisation" if area else "category"
    of_side = rows.groupby([name, "side"], as_index=False)["seats"].sum()
    of_side["place"] = of_side["side"].map(SIDE_ORDER.index)
    main = of_side.sort_values(["seats", "place"], ascending=[False, True]).groupby(name)["side"].first()
    sums = rows.groupby(["body", name], as_index=False)[["seats", "present"]].sum()
    return [
        Seat(words.body(row.body), getattr(row, name), main[getattr(row, name)], int(row.seats), int(row.present))
        for row in rows_of(sums)
    ]


def table(version: str, months: tuple[str, ...], area: str | None) -> pd.DataFrame:
    found = sorted(seats(version, months, area), key=lambda seat: (seat.body, -seat.seats, seat.organisation))
    head = "参加機関" if area else "機関の区分"
    return pd.DataFrame(
        {
            "会議体": [seat.body for seat in found],
            head: [seat.organisation for seat in found],
            "側": [words.side(seat.side) for seat in found],
            "名簿にある会議": [f"{seat.seats:,}" for seat in found],
            "出席": [f"{seat.present:,}" for seat in found],
        }
    )


@kept(256)
def _network(version: str, months: tuple[str, ...], area: str | None) -> Network | None:
    found = seats(version, months, area)
    if not found:
        return None
    bodies: dict[str, set[str]] = {}
    for seat in found:
        bodies.setdefault(seat.organisation, set()).add(seat.body)
    order = [word for code, word in words.codes("meeting", "body").items() if code != "not_recorded"]
    several = sum(len(own) > 1 for own in bodies.values())
    everywhere = sorted(name for name, own in bodies.items() if len(own) == len({seat.body for seat in found}))
    what = "機関" if area else "区分の機関"
    sentence = f"名簿にある{len(bodies)}の{what}のうち、**{several}**が2つ以上の会議体に入っています。"
    if everywhere and len({seat.body for seat in found}) > 1:
        shown = "、".join(everywhere[:6]) + ("など" if len(everywhere) > 6 else "")
        sentence += f"全ての会議体に入っているのは、{shown}です。"
    return Network(sentence, charts.network(found, SIDE_NAMES, order))
