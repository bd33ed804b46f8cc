"""Open data: one CSV per indicator and a datapackage.json (Frictionless Data Package) that says what is in them.

CSV as offices and machines both read it: UTF-8 with BOM, one header row, marks of official statistics where there is no
figure, nothing that a spreadsheet would take for a formula.
"""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from metrics.catalog import Indicator
from release.database import LEGEND, SAMPLE_NOTE, Published
from ui.labels import SHARES, period_name
from ui.labels.inert import inert_text
from ui.labels.printed import rounded_text
from ui.labels.rounding import fixed

PACKAGE = "datapackage.json"
SAMPLE_MARK = "架空データ"
MARKS = {"hidden": "x", "not_sent": "…", "not_applicable": "-"}
STATES = {
    "value": "公表値",
    "partial": "一部",
    "hidden": "秘匿",
    "not_sent": "未提出",
    "not_applicable": "該当なし",
}
LEVELS = {"municipality": "市区町村", "region": "圏域", "prefecture": "都道府県"}
TEXT, NUMBER, WHOLE_NUMBER = "string", "number", "integer"
#: Heading, type, what it says.
FIELDS = (
    ("全国地方公共団体コード", TEXT, "6桁（検査数字付き）。圏域にはコードがないため空欄"),
    ("都道府県名", TEXT, "都道府県の名称"),
    ("市区町村名", TEXT, "市区町村又は圏域の名称。都道府県の行は「全域」"),
    ("地域区分", TEXT, "市区町村、圏域（県が定める区域）、都道府県"),
    ("圏域", TEXT, "市区町村が属する圏域。定めのない場合は空欄"),
    ("期間（コード）", TEXT, "月はYYYY-MM、年度は始まる年のYYYY（2024＝令和6年度）"),
    ("期間", TEXT, "期間の名称"),
    ("区分", TEXT, "内訳の区分。「全体」は指標そのもの"),
    ("分子", WHOLE_NUMBER, "指標の分子"),
    ("分母", WHOLE_NUMBER, "指標の分母"),
    ("値", NUMBER, "単位の欄の単位による値"),
    ("単位", TEXT, "値の単位"),
    ("95％信頼区間下限", NUMBER, "値が偶然に動く幅の下限。全数を数えた指標にはない"),
    ("95％信頼区間上限", NUMBER, "値が偶然に動く幅の上限。全数を数えた指標にはない"),
    ("状態", TEXT, "公表値、一部、秘匿、未提出、該当なし"),
    ("備考", TEXT, "架空のデータには「架空データ」と記す"),
)


def file_name(indicator: Indicator, is_sample: bool) -> str:
    return f"{indicator.id}{f'_{SAMPLE_MARK}' if is_sample else ''}.csv"


def write_open_data(folder: Path, published: Published, package: Mapping[str, Any]) -> list[Path]:
    """Writes every CSV and datapackage.json into a folder that it makes; returns what was written."""
    folder.mkdir()
    written: list[Path] = []
    for indicator in published.indicators:
        path = folder / file_name(indicator, published.release.is_sample)
        path.write_bytes(b"\xef\xbb\xbf" + table_text(indicator, published).encode())
        written.append(path)
    described = folder / PACKAGE
    told = describe(published, package)
    described.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    return [*written, described]


def table_text(indicator: Indicator, published: Published) -> str:
    """The CSV of one indicator, by place, months before years, and value of the breakdown."""
    asked = published.figures[published.figures["indicator_id"] == indicator.id]
    labels = published.breakdowns(indicator)
    areas = published.areas.set_index("area_code")
    order = {value: place for place, value in enumerate(labels)}
    asked = asked.assign(
        _area=asked["area_code"].map(areas["place"]),
        _long=-asked["period"].str.len(),
        _value=asked["breakdown"].map(order),
    ).sort_values(["_area", "_long", "period", "_value"])
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([heading for heading, _, _ in FIELDS])
    note = SAMPLE_MARK if published.release.is_sample else ""
    names = {code: _place(code, row, published.release.prefecture_name) for code, row in areas.iterrows()}
    periods = {period: period_name(period) for period in asked["period"].unique()}
    for row in asked.itertuples(index=False):
        told = [*names[row.area_code], row.period, periods[row.period], labels[row.breakdown]]
        writer.writerow([*map(inert_text, told), *_figures(row, indicator), STATES[str(row.state)], note])
    return text.getvalue()


def _place(code: Any, row: pd.Series, prefecture: str) -> list[str]:
    level = str(row["level"])
    name = "全域" if level == "prefecture" else str(row["name"])
    region = "" if pd.isna(row["region"]) else str(row["region"])
    return ["" if level == "region" else str(code), prefecture, name, LEVELS[level], region]


def _figures(row: Any, indicator: Indicator) -> list[str]:
    state = str(row.state)
    mark = MARKS.get(state, "")
    counts = [
        MARKS["hidden"] if is_hidden else mark if pd.isna(count) else str(count)
        for count, is_hidden in ((row.numerator, row.is_numerator_hidden), (row.denominator, row.is_denominator_hidden))
    ]
    value, low, high = (mark or _number(number, indicator.kind) for number in (row.value, row.low, row.high))
    return [*counts, value, inert_text(indicator.unit), low, high]


def _number(value: float, kind: str) -> str:
    """As pages show it, but without thousands separators; '-' where a complete count has no interval."""
    if pd.isna(value) or math.isinf(value):
        return MARKS["not_applicable"]
    if kind in SHARES:
        return fixed(value * 100, 1)
    return fixed(value, 2 if kind == "ratio" else 1).replace(",", "")


def describe(published: Published, package: Mapping[str, Any]) -> dict[str, Any]:
    """The data package: https://specs.frictionlessdata.io/tabular-data-package/."""
    release = published.release
    titles = f"{release.prefecture_name} 孤独・孤立対策と生活困窮者自立支援の連携状況"
    sources = sorted({one.source for one in published.indicators})
    note = f"1～{release.threshold - 1}件と、差し引きすると推測できる件数を「x」としています。"
    return {
        "profile": "tabular-data-package",
        "name": f"{package['name']}-{release.prefecture_code}",
        "title": f"{titles}（{SAMPLE_MARK}）" if release.is_sample else titles,
        "description": SAMPLE_NOTE if release.is_sample else "市区町村の報告から作った公表用の集計です。",
        "version": str(release.number),
        # With its offset from UTC, as RFC 3339 wants it.
        "created": release.published_at.astimezone().isoformat("T", "seconds"),
        "asOf": release.data_end.isoformat(),
        "licenses": [{"name": package["licence"], "title": package["licence_title"], "path": package["licence_path"]}],
        "sources": [{"title": source} for source in sources],
        "legend": [{"mark": mark, "meaning": meaning} for mark, meaning in LEGEND],
        "disclosureControl": {
            "threshold": release.threshold,
            "rounding": release.rounding,
            "symbol": MARKS["hidden"],
            "note": note + rounded_text(release.rounding),
        },
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": one.id.replace("_", "-"),
                "title": one.title,
                "description": f"分子：{one.numerator} ／ 分母：{one.denominator}。{one.note}",
                "path": file_name(one, release.is_sample),
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "header": True},
                "schema": {"fields": _fields(one, release.rounding), "missingValues": ["", *MARKS.values()]},
            }
            for one in published.indicators
        ],
    }


def _fields(indicator: Indicator, rounding: int) -> list[dict[str, str]]:
    """The columns of one file; says which of its counts are rounded."""
    exact = {"count": ("分子", "分母"), "rate": ("分母",)}.get(indicator.kind, ())
    return [
        {
            "name": name,
            "type": kind,
            "description": f"{said}（{rounding}の倍数に丸めた数）"
            if rounding and name in ("分子", "分母") and name not in exact
            else said,
        }
        for name, kind, said in FIELDS
    ]
