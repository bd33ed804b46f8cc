"""会議資料: a pack for a review meeting, chosen, looked at and saved; what the meeting decided goes into the next."""

import streamlit as st

from metrics.periods import months_of_year
from ui import frame
from ui.internal import sections, store, view
from ui.internal.intake import own_errors
from ui.internal.library.shelf import desk
from ui.internal.library.view import told
from ui.internal.packs import chosen, decisions, making, preview, saved
from ui.internal.person import person_field
from ui.internal.presentation import way_in

TITLE = "会議資料：会議で配る資料の作成と、会議の決定の記録"

version = sections.current_version_or_stop(TITLE)
frame.page_head(TITLE, store.meta(version))
told()
st.markdown("[資料を作る](#make)　[プレビュー](#preview)　[保存した条件](#kept)　[会議の決定とコメント](#decided)")
st.header("資料を作る", anchor="make")
choice = chosen.choice(version)
with own_errors.told():
    entries = desk().count()
    lacking = chosen.missing(choice)
    if lacking:
        st.info(lacking, icon=":material/checklist:")
    else:
        making.section(version, choice, entries)

        st.header("プレビュー", anchor="preview")
        if choice.reader == "prefecture":
            way_in.link()
        shown = st.container()

    st.header("保存した条件", anchor="kept")
    saved.section(choice)

    st.header("会議の決定とコメント", anchor="decided")
    person_field("資料の条件と、会議の決定の記録に残ります。")
    decisions.section(version, tuple(months_of_year(choice.fiscal_year, choice.month or None)))
    # Last, for it takes longest: all else stands there already.
    if not lacking:
        with shown:
            preview.section(version, choice, entries)
frame.page_foot(view.sources(version, "市区町村の各報告"))
