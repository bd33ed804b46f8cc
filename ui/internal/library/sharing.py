"""事例共有の状況: who has contributed, how far the cases reached, who adopted any. Counts, neither good nor bad."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

import pandas as pd
import streamlit as st

from desk.case_sheet import STATES
from desk.records import Record
from etl.load import rebuild
from metrics.catalog import load_catalog
from metrics.periods import months_of_year
from ui import filters, labels, tables
from ui.internal import store
from ui.internal.intake import own_errors
from ui.internal.library.form import SAID
from ui.internal.library.listing import stage_words
from ui.internal.library.shelf import Mark, Shelf, adoption_records, link_id
from ui.matrix import Cell, matrix_html, shades

COLUMNS = ("事例", *STATES.values())


def section(version: str, shelf: Shelf, about: Sequence[str]) -> None:
    """Sentences with the yearly indicators, then municipality × cases and stages."""
    left, _ = st.columns([1, 3])
    with left:
        year = filters.fiscal_year_filter(store.reported_months(version))
    sentences, matrix = _shown(shelf.mark, shelf)
    st.markdown("\n".join(f"- {one}" for one in [*_yearly(version, year), *sentences]))
    _pending(version, shelf)
    st.html(matrix)
    st.caption(
        "事例・下書き・県内共有・一般公開はその市区町村の事例の数、見た・試した・取り入れたはその市区町村が記録された"
        "他の市区町村の事例の数、届いた先はその事例を見た・試した・取り入れた市区町村の数です。"
        "提供は任意で、数の多い・少ないは良し悪しを示しません。"
    )
    tables.data_table(
        lambda: table_of(shelf, store.names(version)),
        key="sharing",
        title="事例共有の状況・市区町村別",
        about=about,
    )


@st.cache_data(max_entries=16, show_spinner=False)
def _yearly(version: str, year: int) -> list[str]:
    """The two indicators of the notice's item 9, as the cube has them."""
    said = []
    for one in ("example_contribution", "example_adoption"):
        indicator, whole = load_catalog()[one], store.of_whole(version, one, months_of_year(year))
        head = f"{labels.fiscal_year_text(year)}の「[{indicator.title}](indicator?indicator={one}&fy={year})」は、"
        if whole["state"] == "not_applicable" or whole["value"] != whole["value"]:
            said.append(f"{head}集計に入っている記録がないため、対象外です。")
        else:
            counts = f"{whole['denominator']:,.0f}のうち**{whole['numerator']:,.0f}**市区町村"
            said.append(f"{head}{counts}（{labels.with_unit(whole['value'], indicator.kind)}）です。")
    return said


def _sentences(shelf: Shelf, table: pd.DataFrame) -> list[str]:
    states = Counter(case.state for case in shelf.cases)
    parts = "、".join(f"{word}{states[state]}件" for state, word in STATES.items())
    silent = table.loc[table["事例"] == 0, "市区町村"].tolist()
    given = len(table) - len(silent)
    reached = "、".join(f"{word}{(table[word] > 0).sum()}市区町村" for word in stage_words().values())
    said = [
        f"これまでの事例は**{len(shelf.cases)}**件（{parts}）で、{len(table)}市区町村のうち**{given}**市区町村のものです。",
        f"他の市区町村の事例について記録があるのは、{reached}です（これまでの全て）。",
    ]
    return said + ([f"事例のない市区町村：{'、'.join(silent)}（{len(silent)}）"] if silent else [])


def table_of(shelf: Shelf, names: Mapping[str, str]) -> pd.DataFrame:
    """One row a municipality: cases by state, stages it reached with others' cases, how many its own reached."""
    own = Counter((case.area_code, case.state) for case in shelf.cases)
    stages = Counter((one.area_code, one.stage) for one in shelf.adoptions)
    links = {link_id(case): case.area_code for case in shelf.cases}
    reached: dict[str, set[str]] = {}
    for link, found in shelf.by_case.items():
        reached.setdefault(links.get(link, link[:6]), set()).update(one.area_code for one in found)
    return pd.DataFrame(
        [
            {"市区町村": name, "事例": sum(own[code, state] for state in STATES)}
            | {word: own[code, state] for state, word in STATES.items()}
            | {word: stages[code, stage] for stage, word in stage_words().items()}
            | {"届いた先": len(reached.get(code, ()))}
            for code, name in names.items()
        ]
    )


@st.cache_data(max_entries=4, show_spinner=False)
def _shown(mark: Mark, _shelf: Shelf) -> tuple[list[str], str]:
    """The sentences over all years, and the matrix."""
    table = table_of(_shelf, store.names(mark[0]))
    return _sentences(_shelf, table), _matrix(table)


def _matrix(table: pd.DataFrame) -> str:
    columns = list(table.columns[1:])
    shaded = {column: shades(table[column].astype(float).tolist()) for column in columns}
    cells = [
        [Cell(str(count), "value", shade if count else None) for count, shade in zip(line, lit, strict=True)]
        for line, lit in zip(table[columns].itertuples(index=False), zip(*shaded.values(), strict=True), strict=True)
    ]
    groups = [("その市区町村の事例", len(COLUMNS)), ("他の市区町村の事例を", len(stage_words())), ("その事例の", 1)]
    return matrix_html(table["市区町村"].tolist(), columns, cells, title="事例共有の状況", groups=groups)


def _pending(version: str, shelf: Shelf) -> None:
    """Adoptions entered since the figures were made: they count after the next one, or now if somebody asks."""
    waiting = entered_after(adoption_records(shelf), store.meta(version)["built_at"])
    if not waiting:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="pending"):
        st.markdown(
            f"前回の集計より後に、取り入れの記録（取り消しを含む）が**{waiting}**件あります。"
            "この画面の表には入っていますが、指標には次の集計で反映します。"
        )
        asked = st.button("今すぐ指標に反映する", key="rebuild", icon=":material/refresh:")
    if asked:
        with own_errors.told(), st.spinner("集計し直しています…"):
            rebuild(store.place())
            st.session_state[SAID] = "取り入れの記録を指標に反映しました。"
            st.rerun()


def entered_after(records: Sequence[Record], built_at: str) -> int:
    """How many records are younger than the figures. built_at has a zone; records are in local time."""
    built = datetime.fromisoformat(built_at).astimezone().replace(tzinfo=None)
    return sum(datetime.fromisoformat(record.at) > built for record in records)
