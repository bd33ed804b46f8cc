"""データ: the open data of the release, how to read them, under which licence, and what changed."""

import streamlit as st

from ui import labels
from ui.public import changes, english, files, head, store

version = head.current_or_stop()
release = store.release(version)
head.page_head("データ：オープンデータのファイル", version)
st.markdown("公表した数値は、誰でも保存して使えます。表計算ソフトでそのまま開けます（UTF-8、BOM付き）。")
head.english(english.data(version))

st.header("ファイルを保存する", anchor="files")
files.section(version)

st.header("利用条件", anchor="licence")
st.markdown(f"- **利用条件**：{release['licence']}\n- 使うときは、出典とデータ時点を書いてください。")

st.header("この公表について", anchor="release")
st.markdown(
    f"- **公表**：{head.release_text(release)}\n"
    f"- **データ時点**：{labels.day_text(head.iso_day(release['data_end']))}までの報告\n"
    f"- **伏せた数値**：{files.hidden_text(version)}\n"
    f"- **備考**：{release['note'] or '特に記すことはありません。'}"
)

st.header("前の公表から変わったこと", anchor="changes")
changes.section(version)

st.header("記号の読み方", anchor="marks")
st.markdown("\n".join(f"- **{mark}**：{meaning}" for mark, meaning in store.symbols(version)))
columns = files.columns_table(version)
if len(columns):
    with st.expander("CSVの列"):
        st.table(columns)
head.page_foot(version, "市区町村の報告（県が集計）")
