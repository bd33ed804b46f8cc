"""What every public page carries: which release it shows, that sample data are invented, English, sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from ui import frame, labels
from ui.audience import NO_RELEASE
from ui.labels.printed import rounded_text
from ui.public import store

HOW_MADE = "市区町村の報告を県が集計したもので、取組の過程を示します。取組の効果を示すものではありません。"


def current_or_stop() -> str:
    """The release to show. One that was withdrawn while somebody was reading leaves a sentence, not an error."""
    version = store.version()
    if version is None:
        st.error(NO_RELEASE)
        st.stop()
    assert version is not None
    return version


def page_head(title: str, version: str) -> None:
    """Title, then as of when and of which release; the band 「架空データ」 where it applies."""
    release = store.release(version)
    meta = {"data_end": iso_day(release["data_end"]), "sample": "1" if release["is_sample"] else ""}
    frame.page_head(title, meta, release_text(release))


def release_text(release: Mapping[str, Any]) -> str:
    """「第3回公表（令和7年6月2日）」"""
    return f"第{release['number']}回公表（{labels.day_text(iso_day(release['published_at']))}）"


def iso_day(day: Any) -> str:
    """The day of a date or a timestamp, as '2025-06-02'."""
    return str(day)[:10]


def english(text: str) -> None:
    """The English summary, folded."""
    with st.expander("English summary", icon=":material/translate:"):
        st.markdown(text)


def page_foot(version: str, *sources: str) -> None:
    """Sources, how the figures were made, the licence."""
    release = store.release(version)
    lines = [f"出典：{one}" for one in sources]
    rounded = rounded_text(int(release["rounding"]))
    frame.page_foot(
        [*lines, HOW_MADE, *([rounded] if rounded else []), f"{release_text(release)}　利用条件：{release['licence']}"]
    )


def about(version: str, *lines: str) -> list[str]:
    """The lines that a download carries: invented or not, as of when, of which release, then the lines given."""
    release = store.release(version)
    invented = [labels.SAMPLE_NOTICE] if release["is_sample"] else []
    as_of = f"データ時点：{labels.day_text(iso_day(release['data_end']))}まで　{release_text(release)}"
    rounded = rounded_text(int(release["rounding"]))
    return [
        *invented,
        as_of,
        *lines,
        *([rounded] if rounded else []),
        "記号：" + "、".join(f"{mark}＝{meaning}" for mark, meaning in MARKS),
    ]


# The five marks, in words for everybody.
MARKS: Sequence[tuple[str, str]] = (
    ("x", "個人が分からないように、数値を伏せています。0という意味ではありません。"),
    ("未提出", "市区町村からの報告が、まだ届いていません。0という意味ではありません。"),
    ("（一部）", "一部の月だけ、又は一部の報告だけで計算した値です。"),
    ("-・…", "数えるものがそもそもない、又は分からないことを示します。"),
    ("0", "報告があり、その件数が0でした。"),
)
