"""定義: what every indicator counts, in the order of the notice, with the days of the law, and as a file."""

import streamlit as st

from metrics.catalog import in_notice_order, load_catalog
from ui import frame, notice, tables
from ui.internal import definitions

frame.page_head("定義：指標の分子・分母・読み方", None, f"通知{notice.NOTICE}の項目ごと")
indicators = in_notice_order(load_catalog().values())
st.markdown(
    f"{len(indicators)}の指標を、通知の{len(notice.ITEMS)}の項目に沿って並べています。"
    "指標は取組の過程を示すもので、取組の効果を示すものではありません。"
)
st.markdown(definitions.days_of_the_law())
st.caption(
    "努力義務は、それぞれの日より後の、対象となる自治体だけに当てはまります。"
    "利用勧奨（生活困窮者自立支援法第8条第2項）と支援会議は、福祉事務所設置自治体が対象です。"
)
tables.data_table(
    lambda: definitions.table(indicators), key="definitions", title="指標の定義", about=[f"通知：{notice.NOTICE}"]
)
for item in notice.ITEMS:
    definitions.section(item)
frame.page_foot([f"通知：{notice.NOTICE}。項目の番号（N1～N10）と見出しは、このダッシュボードが付けたものです。"])
