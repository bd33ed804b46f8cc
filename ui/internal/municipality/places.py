"""What the page shows before a municipality is chosen: all of them, to choose from."""

from __future__ import annotations

import pandas as pd

from ui import frame, labels, tables
from ui.internal import clicks, gaps_store, store
from ui.internal.memory import kept


def section(version: str) -> None:
    frame.nothing_here(
        "市区町村が選ばれていません。",
        "このページは、1つの市区町村を県全体・類似する市区町村と比べます。",
        "上の「市区町村」か、下の表の行で選んでください。ほかのページの地図やグラフで選んだ市区町村も引き継がれます。",
    )
    codes = store.areas(version)["area_code"].tolist()
    tables.data_table(
        lambda: _table(version),
        key="places",
        title="市区町村の一覧",
        about=["出典：国勢調査（人口）"],
        open_at_start=True,
        rows=clicks.on_rows(codes, None),
    )


@kept(8)
def _table(version: str) -> pd.DataFrame:
    places, offices = store.areas(version), gaps_store.groups(version, gaps_store.OFFICE)
    return pd.DataFrame(
        {
            "市区町村": places["name"],
            "種別": places["type"],
            "圏域": places["region"].fillna(""),
            "福祉事務所": [offices[code] for code in places["area_code"]],
            "人口（人）": [labels.UNKNOWN if pd.isna(one) else f"{one:,.0f}" for one in places["population"]],
        }
    )
