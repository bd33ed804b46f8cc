"""What a published indicator says, exactly and in plain words; why small counts are hidden."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any

from ui import labels, theme
from ui.labels.printed import rounded_text
from ui.public import plain

STYLE = (
    "<style>details.def{border:1px solid " + theme.GRID + ";border-radius:.4rem;padding:.4rem .8rem;margin:.3rem 0}"
    "details.def summary{cursor:pointer;font-weight:600}.def dl{display:grid;"
    "grid-template-columns:max-content 1fr;gap:.2rem .9rem;margin:.4rem 0;padding:0!important;font-size:.92rem}"
    ".def dt{color:" + theme.MUTED + "}.def dd{margin:0;overflow-wrap:anywhere}.def p{margin:.4rem 0}"
    ".def a{color:" + theme.MAIN + "}"
    "@media (max-width:640px){.def dl{grid-template-columns:1fr}.def dd{margin:0 0 .4rem 0}}</style>"
)
KINDS = {
    "proportion": "割合（％）",
    "rate": "人口10万人・1か月当たりの件数",
    "ratio": "1件当たりの数（1を超えることがあります）",
    "duration": "日数の真ん中の値（中央値）",
    "count": "全体のうちの数（％）。全て数えた値です",
}


def facts_html(indicator: Mapping[str, Any]) -> str:
    """The plain sentence, then the exact definition."""
    rows = "".join(f"<dt>{html.escape(name)}</dt><dd>{html.escape(text)}</dd>" for name, text in facts(indicator))
    return f"{STYLE}<div class=def><p>{html.escape(plain.in_plain_words(indicator))}</p><dl>{rows}</dl></div>"


def fold_html(indicator: Mapping[str, Any]) -> str:
    """The same in a fold under the indicator's title, with a link to its values."""
    title, link = html.escape(str(indicator["title"])), html.escape(f"indicator?indicator={indicator['indicator_id']}")
    rows = "".join(f"<dt>{html.escape(name)}</dt><dd>{html.escape(text)}</dd>" for name, text in facts(indicator))
    return (
        f"<details class=def><summary>{title}</summary><div class=def><p>{html.escape(plain.in_plain_words(indicator))}"
        f'</p><dl>{rows}</dl><p><a href="{link}" target="_self">この指標の値を見る</a></p></div></details>'
    )


def facts(indicator: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Heading and text of everything that the release says of an indicator."""
    return [
        ("分子（上の数）", str(indicator["numerator_text"])),
        ("分母（下の数）", str(indicator["denominator_text"])),
        ("単位", str(indicator["unit"])),
        ("値の種類", KINDS[str(indicator["kind"])]),
        ("集計の単位", "月と年度" if indicator["period_kind"] == "month" else "年度"),
        (
            "分けて示すもの",
            str(indicator["breakdown_name"]) if isinstance(indicator["breakdown_name"], str) else "なし",
        ),
        ("読み方", labels.READING_WORDS[str(indicator["reading"])]),
        ("注意", str(indicator["note"])),
        ("国の通知との対応", str(indicator["notice"])),
        ("出典", str(indicator["source"])),
    ]


def hiding(release: Mapping[str, Any]) -> str:
    """Why and how small counts are hidden, in the rules of this release."""
    least = int(release["threshold"])
    rounded = rounded_text(int(release["rounding"]))
    lines = [
        "人数の少ない数値をそのまま載せると、誰のことか分かってしまうおそれがあります。"
        f"そこで、**1件から{least - 1}件まで**の数値は `x` と書いて伏せます。0件は、そのまま0と書きます。",
        "一つだけ伏せても、合計から引き算すると元の数が分かってしまいます。"
        "そのため、**ほかの数値も合わせて伏せる**ことがあります。大きな数が伏せられているのは、このためです。",
        "割合は、分子か分母のどちらかが伏せられているとき、割合も伏せます。",
        "「設置しているか」のように人を数えていない数値は、伏せません。",
        "公表する前に、載せる数値の全てと、これまでに公表した数値を使って、伏せた数を計算で当てられないかを確かめています。"
        f"当てられる範囲の幅が{least}件より狭くなるときは、公表しません。",
        "後から報告が直されても、前の公表との差から少人数の数が分かるおそれがあるときは、直した値を載せないことがあります。",
    ]
    if rounded:
        lines.append(rounded)
    return "\n".join(f"- {line}" for line in lines)
