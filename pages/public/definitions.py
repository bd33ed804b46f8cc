"""定義: every published indicator in plain words, the terms, and how and why small counts are hidden."""

import streamlit as st

from ui.public import definition, english, head, plain, store

version = head.current_or_stop()
head.page_head("定義：指標の意味と、数値を伏せる決まり", version)
st.markdown("[数値を伏せる決まり](#hiding)　[言葉の説明](#terms)　[指標の定義](#indicators)")
head.english(english.definitions(version))

st.header("数値を伏せる決まり", anchor="hiding")
st.markdown(definition.hiding(store.release(version)))

st.header("言葉の説明", anchor="terms")
st.markdown("\n".join(f"- **{term}**：{meaning}" for term, meaning in plain.TERMS.items()))

st.header("指標の定義", anchor="indicators")
indicators = store.indicators(version).values()
st.markdown(f"公表している{len(indicators)}の指標です。名前を選ぶと、意味と数え方が開きます。")
st.html(definition.STYLE + "".join(definition.fold_html(one) for one in indicators))
head.page_foot(version, *dict.fromkeys(str(one["source"]) for one in indicators))
