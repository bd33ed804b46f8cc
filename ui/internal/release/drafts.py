"""The draft that is being looked at: made when asked, which takes minutes, and kept until something newer is loaded."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from etl.store import Place
from metrics.catalog import load_catalog
from metrics.store import Store
from release.draft import Draft, Options
from release.ledger import Ledger
from release.publication import PARTS, load_publication
from release.tables import complete_years
from release.where import ledger_folder
from ui import frame, labels
from ui.internal.release import own_errors, work
from ui.internal.release.work import Made

COARSER, LEFT_OUT = "release-coarser", "release-left-out"


def kept(place: Place, version: str) -> Made | None:
    """The draft made last, as long as neither the reports nor the releases have changed since."""
    asked = work.work_of(place)
    made = asked.made if asked else None
    number = Ledger(ledger_folder(place)).next_number()
    is_current = made is not None and (made.draft.database, made.draft.number) == (Path(version).name, number)
    return made if is_current else None


def section(place: Place, version: str) -> Made | None:
    """The choice of years, the button, and the draft if there is one."""
    years = _years(version)
    if not years:
        frame.nothing_here(
            "公表できる年度がまだありません。",
            "公表するのは、終わった年度の報告です。データ時点が年度の末日（3月31日）に達した年度が、まだありません。",
            "年度の最後の月までの報告を「受付」で読み込んでください。",
        )
        return None
    default = years[-load_publication().fiscal_years :]
    left, right = st.columns([2, 1])
    with left:
        chosen = st.multiselect(
            "公表する年度", years, default=default, format_func=labels.fiscal_year_text, key="release-years",
            placeholder="選んでください",
        )  # fmt: skip
        with_months = st.checkbox(
            "最後の年度は月別も載せる", value=load_publication().years_with_months > 0, key="release-months",
            help="月別を載せる年度では、ほかの指標との差による推測までは確かめられません。伏せる件数も増えます。",
        )  # fmt: skip
    with right:
        st.caption(
            "案を作るだけでは公表されません。作成には数分かかることがあります。その間は、ほかの画面を見ていても続きます。"
        )
    _chosen_coarser()
    is_running = work.is_running(place)
    if st.button(
        "公表案を作る", type="primary", key="make-draft", icon=":material/edit_document:",
        disabled=not chosen or is_running,
    ):  # fmt: skip
        months = (max(chosen),) if with_months else ()
        work.start(place, Options(tuple(sorted(chosen)), months, _indicators(), coarser()))
        st.rerun()
    if is_running:
        _progress(place)
        return None
    _tell_error(place)
    return kept(place, version)


@st.fragment(run_every=1.0)
def _progress(place: Place) -> None:
    """How far the draft is, asked for every second; the page is shown anew once it is over."""
    asked = work.work_of(place)
    if asked is None or asked.is_over.is_set():
        st.rerun()
    assert asked is not None
    st.progress(asked.share, text=f"公表案を作っています（{asked.elapsed}）：{asked.step}")


def _tell_error(place: Place) -> None:
    """Why there is no draft, once."""
    asked = work.work_of(place)
    if asked is not None and asked.error is not None:
        error, asked.error = asked.error, None
        with own_errors.told():
            raise error


@st.cache_data(max_entries=4, show_spinner=False)
def _years(version: str) -> list[int]:
    with Store(version) as store:
        return complete_years(store)


def coarser() -> Mapping[str, frozenset[str]]:
    """Indicators that the next draft publishes more coarsely: id → parts left out."""
    found: Mapping[str, frozenset[str]] = st.session_state.get(COARSER, {})
    return found


def _indicators() -> tuple[str, ...]:
    """The indicators of the next draft; empty for all public ones."""
    out = st.session_state.get(LEFT_OUT, frozenset())
    return tuple(one.id for one in load_catalog().values() if one.public and one.id not in out) if out else ()


def take_suggestions(draft: Draft) -> None:
    """The next draft follows what was suggested for this one."""
    st.session_state[COARSER] = {
        **coarser(),
        **{
            one.indicator_id: coarser().get(one.indicator_id, frozenset()) | one.leaves_out
            for one in draft.suggestions
            if one.leaves_out
        },
    }
    dropped = {one.indicator_id for one in draft.suggestions if one.leaves_out is None}
    st.session_state[LEFT_OUT] = st.session_state.get(LEFT_OUT, frozenset()) | dropped


def _forget_suggestions() -> None:
    for key in (COARSER, LEFT_OUT):
        st.session_state.pop(key, None)


def _chosen_coarser() -> None:
    """What the next draft leaves out beyond the declaration, with the way back."""
    words = {"breakdown": "内訳なし", "months": "月別なし", "municipalities": "市区町村別なし"}
    titles = {one.id: one.title for one in load_catalog().values()}
    said = [
        f"「{titles[one]}」は{'・'.join(words[part] for part in PARTS if part in parts)}"
        for one, parts in coarser().items()
    ]
    said += [f"「{titles[one]}」は載せない" for one in sorted(st.session_state.get(LEFT_OUT, frozenset()))]
    if said:
        with st.container(horizontal=True, vertical_alignment="center", key="coarser"):
            st.markdown(f"次の案での区分：{'、'.join(said)}")
            st.button("元の区分に戻す", key="forget-coarser", on_click=_forget_suggestions, icon=":material/undo:")


def about_draft(made: Made) -> str:
    """One line: which draft this is."""
    draft = made.draft
    years = "、".join(labels.fiscal_year_text(year) for year in draft.fiscal_years)
    months = "、".join(labels.fiscal_year_text(year) for year in draft.years_with_months) or "なし"
    return (
        f"第**{draft.number}**回の公表案（{made.at:%H:%M}に作成）　年度：{years}　月別：{months}　"
        f"指標：{len(draft.indicators)}　事例：{len(draft.examples)}　"
        f"データ時点：{labels.day_text(draft.meta['data_end'])}"
    )
