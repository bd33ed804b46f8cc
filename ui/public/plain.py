"""Indicators and terms in the words of everyday life, Japanese and English."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

# What a resident looks for first; those that a release does not hold are left out.
KEY_INDICATORS = (
    *("handover_rate", "recommendation_rate", "contact_within_30_days", "support_linkage", "connection_linkage"),
    *("both_needs_share", "outreach_share", "platform_established", "council_established"),
    *("support_meeting_established", "daily_practice_coverage"),
)
TERMS: Mapping[str, str] = {
    "孤独・孤立対策": "孤独を感じている人や、人とのつながりが少ない人を支える取組です。"
    "孤独・孤立対策推進法に基づきます。",
    "生活困窮者自立支援制度": "お金、仕事、住まいなど、生活の困りごとがある人を支える制度です。"
    "生活困窮者自立支援法に基づきます。",
    "自立相談支援機関": "生活の困りごとの相談を受け、支援の計画を一緒に作る窓口です。",
    "紹介とつなぎ": "紹介は、別の窓口を案内することです。つなぎは、その窓口に実際に引き継ぐことです。",
    "利用勧奨": "自立相談支援機関を知らせ、使うよう勧めることです。",
    "官民連携プラットフォーム": "孤独・孤立の対策のため、行政と、NPOや社会福祉協議会などの民間の団体が集まる場です。",
    "地域協議会・支援会議": "一人一人への支援について、関係する機関が話し合う場です。話した内容は公表しません。",
    "アウトリーチ": "相談に来るのを待たず、訪問などで支援する側から出向くことです。",
    "年度": "4月から翌年3月までの1年です。令和6年度は、令和6年4月から令和7年3月までです。",
    "95％信頼区間": "件数が少ないと、値は偶然で大きく変わります。その幅の目安です。"
    "幅が重なる市区町村の間に、差があるとは限りません。",
}


@cache
def _entries() -> Mapping[str, Mapping[str, str]]:
    found: Mapping[str, Mapping[str, str]] = tomllib.loads(
        Path(__file__).with_name("plain.toml").read_text(encoding="utf-8")
    )
    return found


def in_plain_words(indicator: Mapping[str, Any]) -> str:
    """What a published indicator says; without words of its own, from its numerator and denominator."""
    entry = _entries().get(indicator["indicator_id"])
    if entry:
        return entry["ja"]
    return f"「{indicator['denominator_text']}」に対する「{indicator['numerator_text']}」です。"


def english_title(indicator: Mapping[str, Any]) -> str:
    entry = _entries().get(indicator["indicator_id"])
    return entry["en"] if entry else str(indicator["title"])
