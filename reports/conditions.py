"""The conditions under which the figures of a pack hold, and the lines at the foot of every page."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from reports.sections.definitions import RULES, marks
from reports.sources import WHOLE, Sources
from ui import labels
from ui.labels import sentences
from ui.labels.sentences.fitting import CAUTION

ROOT = Path(__file__).resolve().parents[1]
SOURCE = "市区町村の報告（相互紹介記録、会議開催・出席記録、月次相談件数、年次連携状況、取組事例）"
PRODUCT = "連携ダッシュボード（Renkei Dashboard）"


def about(of: Sources) -> list[str]:
    """Invented or not, which months, as of when; the source."""
    return [
        *([labels.SAMPLE_NOTICE] if of.is_sample else []),
        f"期間：{of.period}",
        f"データ時点：{as_of(of)}",
        f"出典：{SOURCE}",
    ]


def as_of(of: Sources) -> str:
    """Until when the returns go."""
    end = of.meta.get("data_end")
    return f"{labels.day_text(end)}まで" if end else labels.UNKNOWN


def conditions(of: Sources, sections: Sequence[str]) -> list[tuple[str, str]]:
    """Filters, period, as of, state of the data, definitions, sources, version, day: one line each."""
    sample = [("架空データ", labels.SAMPLE_NOTICE)] if of.is_sample else []
    peers = [("類似する市区町村", "、".join(of.names[code] for code in of.peers))] if of.area else []
    state = sentences.coverage(of.answers.coverage(), len(of.names), of.months).replace("**", "")
    boundaries = "国土数値情報（行政区域データ）（国土交通省）を加工して作成"
    return [
        *sample,
        ("対象", of.where if of.area else f"{of.where}（{WHOLE}と全{len(of.names)}市区町村）"),
        ("期間", of.period),
        ("データ時点", as_of(of)),
        ("データの状態", state),
        ("地図・推移の指標", of.indicator.title),
        *peers,
        ("載せた項目", "、".join(sections)),
        *(("備考", note) for note in of.options.notes),
        *(("読み方", rule) for rule in RULES),
        ("記号", marks().removeprefix("記号　")),
        ("事例の注意", CAUTION),
        ("定義", "各指標の分子・分母・注意は「定義」のシート・ページによる。"),
        ("出典", SOURCE),
        ("境界", boundaries + ("（見本県の形は実在の県を変形したもの）" if sentences.is_of_fiction(of.meta) else "")),
        ("集計", f"{of.meta['built_at'][:19].replace('T', ' ')}（UTC）"),
        ("データベースの版", of.answers.version),
        ("作成日", labels.day_text(of.options.created.isoformat())),
        ("作成", f"{PRODUCT} {product_version()}"),
    ]


@cache
def product_version() -> str:
    """As pyproject.toml says it, beside which the product always lies."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])
