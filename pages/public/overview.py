"""概況: what the prefecture does, in plain sentences; key figures; a map; how to read the marks."""

import streamlit as st

from ui.public import areas, english, facts, head, plain, store
from ui.public.chosen import indicator_box, latest

INDICATOR, ASKED = "pages/public/indicator.py", "asked-place"

version = head.current_or_stop()
if place := st.session_state.pop(ASKED, None):
    st.switch_page(INDICATOR, query_params=place)
name = store.prefecture(version)[1]
head.page_head(f"概況：{name}の孤独・孤立対策と生活困窮者支援の連携", version)
st.markdown("\n".join(f"- {one}" for one in facts.sentences(version)))
head.english(english.overview(version))

st.header("主な数値", anchor="figures")
st.html(facts.cards_html(facts.keys(version)))
st.caption("色や並び順は、良い・悪いを示すものではありません。数値を選ぶと、市区町村別の値や推移を見られます。")

st.header("地図で見る", anchor="map")
indicator_id = indicator_box(version)
view = latest(version, indicator_id)
st.markdown(plain.in_plain_words(view.indicator))
shown = areas.found(view)
left, right = st.columns([1, 1.3])
with left:
    areas.map_section(
        view, shown, lambda code: st.session_state.update({ASKED: {"indicator": indicator_id, "area": code}})
    )
with right:
    for sentence in areas.sentences(view, shown):
        st.markdown(sentence)
    st.markdown(f"[市区町村別の値・推移・定義を見る](indicator?indicator={indicator_id})")

st.header("記号の読み方", anchor="marks")
st.markdown("\n".join(f"- **{mark}**：{meaning}" for mark, meaning in head.MARKS))
st.markdown("なぜ伏せるのか、どのように伏せるのかは、[定義](definitions#hiding)にあります。")
head.page_foot(version, "市区町村の報告（県が集計）")
