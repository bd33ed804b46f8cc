"""受付: take in files, see what is wrong with them, which months are missing, and names to be sorted."""

import streamlit as st

from ui import frame
from ui.internal import store
from ui.internal.intake.coverage import coverage_section
from ui.internal.intake.names import names_section
from ui.internal.intake.record import record_section
from ui.internal.intake.upload import upload_section
from ui.internal.person import person_field

version = store.version()
meta = store.meta(version) if version else None
frame.page_head("受付：市区町村の報告の受け取り", meta)
place = store.place()
st.markdown(
    "[報告を読み込む](#load)　[提出の状況](#coverage)　[受け取りの記録](#record)　[分類の分からない機関名](#names)"
)

st.header("報告を読み込む", anchor="load")
person_field()
upload_section(place, meta)

st.header("提出の状況", anchor="coverage")
coverage_section(version, place)

st.header("受け取りの記録", anchor="record")
record_section(place)

st.header("分類の分からない機関名", anchor="names")
names_section(version, place)
frame.page_foot(
    (
        "個人情報の列や記載があるファイルは、内容を一切保存せずに差し戻します。受け入れたファイルは、受け取ったままの形で保管しています。",
        "同じ内容のファイルを2回読み込んでも、集計は変わりません。",
    )
)
