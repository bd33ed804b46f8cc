"""会議体: which bodies there are, whether both sides join, who sits where, what holding them together would save."""

import streamlit as st

from ui import frame
from ui.internal import sections, store, timeline, view
from ui.internal.meeting import activities, attendance, bodies, hours, joint, network

TITLE = "会議体：設置と両側の参加（市区町村の報告による集計）"

version = sections.current_version_or_stop(TITLE)
frame.page_head(TITLE, store.meta(version))
shown = view.chosen(version)
st.html(timeline.timeline(shown.months))
st.caption(view.sent_sentence(shown, "meeting", "会議開催・出席記録").replace("**", ""))

st.header("会議体の設置と両側の参加（市区町村別）")
bodies.section(shown)

st.header("プラットフォームの4つの活動（市区町村別）")
activities.section(shown)

st.header(f"出席の推移（{shown.where}）")
attendance.section(shown)

st.header(f"会議体と参加機関のつながり（{shown.where}）")
network.section(shown)

st.header(f"地域協議会と支援会議の一体的な運営（{shown.where}）")
joint.section(shown)
st.subheader("合わせて開いた場合の職員時間の試算")
hours.section(shown)
frame.page_foot(view.sources(version, "会議開催・出席記録、年次連携状況"))
