"""What every page carries: its title, the state of the data, the mark of invented data, source and definition."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from metrics.catalog import Indicator
from ui import labels, link, print_style

STYLE = """
<style>
[data-testid="stHeader"] { height: 2.75rem; min-height: 2.75rem; }
.block-container { padding-top: 3rem; padding-bottom: 3rem; max-width: 1180px; }
h1 { font-size: 1.5rem !important; padding: .1rem 0 .1rem !important; }
h2 { font-size: 1.25rem !important; padding: .9rem 0 .3rem !important; }
h3 { font-size: 1.08rem !important; }
.st-key-as-of [data-testid="stAlertContainer"] { padding: .25rem .8rem; min-height: 0; }
[data-testid="stCaptionContainer"] { color: #595959 !important; opacity: 1 !important; }
[data-testid="stFileUploaderDropzone"] button p { font-size: 0; }
[data-testid="stFileUploaderDropzone"] button p::after { content: "ファイルを選ぶ"; font-size: .875rem; }
[data-testid="stFileUploaderDropzoneInstructions"] span { font-size: 0; }
[data-testid="stFileUploaderDropzoneInstructions"] span::after {
  content: "ここにドラッグ（複数可、1ファイル50MBまで）"; font-size: .875rem;
}
.st-key-as-of [data-testid="stAlertContainer"] p { font-size: .85rem; }
h1, h2, h3, p, li { word-break: auto-phrase; line-break: strict; }
[data-testid="stMetricLabel"] p { white-space: normal; line-height: 1.35; }
[data-testid="stMetricLabel"] > div { overflow: visible; }
</style>
"""


def page_head(title: str, meta: Mapping[str, str] | None, what: str = "") -> None:
    """Title (content and data type), then as-of date; a band that says 「架空データ」 where it applies."""
    st.html(STYLE + print_style.STYLE)
    with st.container(key="page-title", horizontal=True, vertical_alignment="center", gap="small"):
        st.title(title)
        link.copy_link()
    as_of = f"データ時点：{labels.day_text(meta['data_end'])}まで" if meta and meta.get("data_end") else ""
    with st.container(key="as-of", horizontal=True, vertical_alignment="center", gap="small"):
        if meta and meta.get("sample") == "1":
            st.info(labels.SAMPLE_NOTICE, icon=":material/info:")
        st.caption("　".join(part for part in (as_of, what) if part), width="content")


def definition(indicator: Indicator, about: Sequence[str] = ()) -> None:
    """What an indicator counts, how it is to be read, and where it comes from."""
    st.markdown(
        f"""
- **分子**：{indicator.numerator}
- **分母**：{indicator.denominator}
- **単位**：{indicator.unit}
- **読み方**：{labels.READING_WORDS[indicator.reading]}
- **注意**：{indicator.note}
- **通知との対応**：{"・".join(indicator.notice)}
- **出典**：{indicator.source}
- **計算の定義**：`metrics/indicators/{indicator.id}.sql`
"""
    )
    for line in about:
        st.caption(line)


def page_foot(lines: Sequence[str]) -> None:
    """Sources and notes at the end of a page."""
    link.pin("fy")
    st.divider()
    for line in lines:
        st.caption(line)


def chosen_line(name: str | None, facts: str, unchoose: Callable[[], None]) -> None:
    """Which municipality is chosen, with a button that lets it go; without one, how to choose one."""
    if name is None:
        st.caption("地図、グラフの点、表の行を選ぶと、その市区町村が全てのページで選ばれます。")
        return
    with st.container(horizontal=True, vertical_alignment="center", key="chosen"):
        st.markdown(f"**選択中：{name}**　{facts}")
        st.button("選択を解除", key="unchoose", on_click=unchoose, icon=":material/close:")


def nothing_here(title: str, why: str, what_to_do: str) -> None:
    """An empty state: why there is nothing to see, and what to do about it."""
    st.info(f"**{title}**\n\n{why}\n\n{what_to_do}", icon=":material/inbox:")
