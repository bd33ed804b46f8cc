"""様式と用語: what each return asks for, its entry template, and what every rule of the intake says."""

import streamlit as st

from ui import frame
from ui.internal import dictionary

frame.page_head("様式と用語：報告の入力様式と項目の説明", None, "様式の定義から作った一覧です。")
declared = dictionary.chosen_return()
dictionary.template_section(declared)

st.header("項目")
dictionary.fields_section(declared)

st.header("選択肢と読み替え")
dictionary.choices_section(declared)

st.header("受付の決まり")
dictionary.rules_section()
frame.page_foot(
    (
        "項目、選択肢、決まりは etl/returns と etl/rules.toml に定めたものです。入力様式もここから作られます。",
        "「x」は秘匿、「-」は該当なし、「…」は不明、空欄は報告なしです。どれも「0」とは異なります。",
    )
)
