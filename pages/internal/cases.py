"""事例: the library of cases. A list to search, one case with what moved and who took it up, and how far they reach."""

import streamlit as st

from ui import frame, labels
from ui.internal import sections, store
from ui.internal.intake import own_errors
from ui.internal.library import listing, sharing, view
from ui.internal.library.shelf import shelf

TITLE = "事例：市区町村の取組事例（事例シート）"

version = sections.current_version_or_stop(TITLE)
meta = store.meta(version)
head = st.container()
cases = None
with own_errors.told():
    cases = shelf(version)
if cases is None:
    with head:
        frame.page_head(TITLE, meta)
    st.stop()
assert cases is not None
about = [
    labels.SAMPLE_NOTICE if meta.get("sample") == "1" else "",
    "出典：取組事例（市区町村提出。県が入力・修正したものを含む）",
    "成果・前後の数値は取組後の変化であり、取組による効果を示すものではありません。",
]
view.told()
case = view.chosen(cases)
with head:
    frame.page_head(f"事例：{case.title}" if case else TITLE, meta)
if case:
    view.case_section(version, cases, case, about)
    view.work_section(version, cases, case)
else:
    listing.section(version, cases, about)
    view.new_section(version)
    st.header("事例共有の状況", anchor="sharing")
    sharing.section(version, cases, about)
view.at_its_beginning()
frame.page_foot([line for line in about if line and line != labels.SAMPLE_NOTICE])
