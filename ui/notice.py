"""What the notice asks for, item by item, and where the dashboard shows it.

府孤推第33号・社援地発0624第4号（令和6年6月24日）. Titles are in our own words; the numbers N1 to N10 are ours too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

NOTICE = "「孤独・孤立対策と生活困窮者自立支援制度との連携について」（令和6年6月24日 府孤推第33号・社援地発0624第4号）"


@dataclass(frozen=True)
class Item:
    """One thing the notice asks for. place: where in the notice; pages: url paths of the pages that show it."""

    title: str
    place: str
    asks: str
    pages: tuple[str, ...]


ITEMS: Mapping[str, Item] = {
    "N1": Item(
        "二つの課題の重なりと早期の把握",
        "1",
        "孤独・孤立と生活困窮は互いに深め合うことから、早く把握し、訪問などで支援を届け、地域づくりを進める。",
        ("overview", "indicator", "referral", "gap", "municipality", "national"),
    ),
    "N2": Item(
        "双方のネットワークの活用",
        "2",
        "互いのネットワークを活用し、情報を共有し、相手のネットワークに参加する。",
        ("overview", "indicator", "referral", "meeting", "municipality"),
    ),
    "N3": Item(
        "日常的な連携",
        "3(1)",
        "情報共有の機会、連絡調整の担当、合同研修、双方の窓口へのリーフレットの備付けを行う。",
        ("overview", "indicator", "practice", "municipality"),
    ),
    "N4": Item(
        "利用勧奨とつなぎ",
        "3(1)",
        "福祉・就労・教育・税務・住宅などの関係部署が、自立相談支援機関の利用を勧める"
        "（生活困窮者自立支援法第8条第2項、福祉事務所設置自治体の努力義務）。",
        ("overview", "indicator", "referral"),
    ),
    "N5": Item(
        "官民連携プラットフォーム",
        "3(2)①",
        "地方版孤独・孤立対策官民連携プラットフォーム（孤独・孤立対策推進法第11条）に困窮者支援側の参画を依頼し、"
        "困窮者支援側はこれに応じる。",
        ("overview", "indicator", "meeting", "municipality"),
    ),
    "N6": Item(
        "孤独・孤立対策地域協議会",
        "3(2)②",
        "地域協議会（孤独・孤立対策推進法第15条第1項）に、困窮者支援の主管部局と自立相談支援機関が参加する。",
        ("overview", "indicator", "meeting", "municipality"),
    ),
    "N7": Item(
        "支援会議",
        "3(2)③",
        "支援会議（生活困窮者自立支援法第9条第1項。令和7年4月1日から福祉事務所設置自治体の努力義務）に、"
        "孤独・孤立対策の担当が参加する。",
        ("overview", "indicator", "meeting", "municipality"),
    ),
    "N8": Item(
        "会議体の一体的な運営",
        "3(2)④",
        "検討する事例や構成員が重なる地域協議会と支援会議について、機能の追加、同日の開催、一体の開催を考える。",
        ("overview", "indicator", "meeting", "municipality"),
    ),
    "N9": Item(
        "都道府県による事例の共有",
        "3(3)",
        "都道府県が、管内の市区町村の取組事例を共有する。",
        ("cases", "indicator"),
    ),
    "N10": Item(
        "個人情報の取扱い",
        "4",
        "個人情報を第三者に提供するときは、原則として本人の同意を得る（個人情報保護法）。",
        ("overview", "indicator", "referral"),
    ),
}
