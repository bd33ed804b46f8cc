"""受付: take in files, see what was accepted and what is wrong, and which months are missing."""

import streamlit as st

from ui import frame
from ui.internal import intake, store

version = store.version()
meta = store.meta(version) if version else None
frame.page_head("受付：市区町村の報告の受け取り", meta)
place = store.place()

st.header("報告を読み込む")
intake.upload_section(place, meta)

st.header("受け取りの記録")
intake.receipts_section(place)

st.header("提出の状況")
intake.coverage_section(version)
frame.page_foot(
    (
        "個人情報の列や記載があるファイルは、内容を一切保存せずに差し戻します。受け入れたファイルは、受け取ったままの形で保管しています。",
        "同じ内容のファイルを2回読み込んでも、集計は変わりません。",
    )
)
