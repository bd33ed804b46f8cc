"""相互紹介: the way of the referrals, how far they came, how long it took, consent, and who never refers."""

import streamlit as st

from ui import frame
from ui.internal import sections, store, view
from ui.internal.referral import consent, contact, departments, direction, flow, stages

TITLE = "相互紹介：紹介の流れと段階（市区町村の報告による集計）"

version = sections.current_version_or_stop(TITLE)
frame.page_head(TITLE, store.meta(version))
shown = view.chosen(version)
way = direction.direction_filter()
st.markdown(direction.headline(shown))
st.caption(view.sent_sentence(shown, "referral", "相互紹介記録").replace("**", ""))

st.header(f"紹介の流れ：部署から機関、結果まで（{shown.where}）")
flow.section(shown, way)

st.header(f"段階：どこまで進んだか（{shown.where}）")
stages.section(shown, way)

st.header(f"つなぎから初回相談までの日数（{shown.where}）")
contact.section(shown, way)

st.header(f"本人同意と情報提供の根拠（{shown.where}）")
consent.section(shown)

st.header("どの部署から紹介があるか（市区町村別）")
departments.section(shown, way)
frame.page_foot(view.sources(version, "相互紹介記録"))
