"""Reads what was published back from its files: a public database, the folder of a release, or one open-data CSV."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from metrics.catalog import ALL, Indicator
from release.database import WHOLE
from release.grid import HIDDEN
from release.opendata import FIELDS, LEVELS, MARKS, PACKAGE, SAMPLE_MARK, STATES
from release.store import PublicStore
from release.tables import COLUMNS, REGION
from release.where import DATABASE, POINTER


class Unreadable(ValueError):  # noqa: N818
    """The file is not one that was published here; the message says what would be."""


@dataclass(frozen=True, eq=False)
class Published:
    """cells: tables.COLUMNS with HIDDEN; a hidden count is 0 here. members: 圏域 and prefecture → municipalities.

    rounding: the multiple that counts are printed as, which the release says itself; 0: as they are.
    """

    cells: pd.DataFrame
    members: dict[str, list[str]]
    rounding: int = 0


def read_published(path: Path, catalog: Mapping[str, Indicator]) -> Published:
    """Raises Unreadable."""
    if path.is_dir():
        path = path / (DATABASE if (path / DATABASE).is_file() else POINTER)
    if not path.is_file():
        raise Unreadable(f"ファイルがありません：{path}")
    if path.suffix.lower() == ".csv":
        return _csv(path, catalog)
    try:
        with PublicStore(path) as store:
            indicators, areas, rounding = store.indicators(), store.areas(), int(store.release()["rounding"])
            frames = [store.cells(one).assign(indicator_id=one) for one in indicators["indicator_id"]]
    except duckdb.Error as error:
        raise Unreadable(f"公表用のデータベース（public.duckdb）として読めません：{path}") from error
    known = indicators["indicator_id"].isin(list(catalog))
    if not known.all():
        raise Unreadable(f"この版にない指標があります：{'、'.join(indicators.loc[~known, 'indicator_id'])}")
    return Published(_whole(pd.concat(frames, ignore_index=True)), _members(areas), rounding)


def _members(areas: pd.DataFrame) -> dict[str, list[str]]:
    towns = areas[areas["level"] == "municipality"]
    regions = list(areas.loc[areas["level"] == "region", "area_code"])
    inside = {code: list(towns.loc[towns["region"] == code.removeprefix(REGION), "area_code"]) for code in regions}
    (whole,) = areas.loc[areas["level"] == "prefecture", "area_code"]
    return {**inside, str(whole): list(towns["area_code"])}


def _whole(cells: pd.DataFrame) -> pd.DataFrame:
    counts = {part: cells[part].fillna(0).astype("int64") for part in HIDDEN}
    return cells[[*COLUMNS, *HIDDEN.values()]].assign(**counts)


def _csv(path: Path, catalog: Mapping[str, Indicator]) -> Published:
    headings = [name for name, _, _ in FIELDS]
    indicator = catalog.get(path.stem.removesuffix(f"_{SAMPLE_MARK}"))
    try:
        frame = pd.read_csv(io.StringIO(path.read_bytes().decode("utf-8-sig")), dtype=str, keep_default_na=False)
    except (UnicodeDecodeError, pd.errors.ParserError) as error:
        raise Unreadable(f"CSVとして読めません：{path}") from error
    if list(frame.columns) != headings or indicator is None:
        raise Unreadable(f"公表したCSV（指標名.csv、見出し{len(headings)}列）ではありません：{path}")
    labels = {label: value for value, label in (indicator.breakdown.labels.items() if indicator.breakdown else ())}
    levels = {word: level for level, word in LEVELS.items()}
    level = frame["地域区分"].map(levels)
    code = frame["全国地方公共団体コード"].where(level != "region", REGION + frame["市区町村名"])
    cells = pd.DataFrame(
        {
            "indicator_id": indicator.id,
            "area_code": code,
            "period": frame["期間（コード）"],
            "breakdown": frame["区分"].map(lambda label: ALL if label == WHOLE else labels.get(label, label)),
            "state": frame["状態"].map({word: state for state, word in STATES.items()}),
        }
    )
    for part, heading in (("numerator", "分子"), ("denominator", "分母")):
        cells[HIDDEN[part]] = frame[heading] == MARKS["hidden"]
        cells[part] = pd.to_numeric(frame[heading].where(~frame[heading].isin(list(MARKS.values())))).fillna(0)
    areas = pd.DataFrame({"area_code": code, "level": level, "region": frame["圏域"]}).drop_duplicates("area_code")
    return Published(_whole(cells), _members(areas), _rounding_beside(path))


def _rounding_beside(path: Path) -> int:
    """What the description that goes with a CSV says of it; 0 for a file by itself."""
    described = path.with_name(PACKAGE)
    if not described.is_file():
        return 0
    try:
        return int(json.loads(described.read_text(encoding="utf-8"))["disclosureControl"]["rounding"])
    except (ValueError, KeyError) as error:
        raise Unreadable(f"データの説明（{PACKAGE}）が公表したものではありません：{described}") from error
