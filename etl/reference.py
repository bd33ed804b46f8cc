"""Load data/reference (and the invented 見本県) into schema ref: codes stay text, blanks stay null."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from etl.connection import Connection
from etl.gazetteer import REFERENCE, SAMPLE, municipalities, present
from etl.regions import REGIONS, read_regions
from etl.sources import ReferenceMismatch, check_reference, is_rate, read_columns, read_sources

__all__ = ["REFERENCE", "SAMPLE", "load_reference", "municipalities"]

PEOPLE = ("population", "households", "single_households", "population_65plus")

PREFECTURE_VIEW = """
-- one row = fiscal year x prefecture; a 都道府県 row leaves out its cities, so all three kinds are added
create or replace view ref.ministry_prefecture as
select fiscal_year, pref_code, pref_name,
       count(*) as body_count,
       cast(sum(population) as bigint) as population,
       cast(sum(new_consultations) as bigint) as new_consultations,
       cast(sum(plans) as bigint) as plans,
       sum(new_consultations) / 12.0 / nullif(sum(population), 0) * 100000 as rate_per_100k_month
from ref.ministry_body
where kind in ('都道府県', '指定都市', '中核市')
group by fiscal_year, pref_code, pref_name
"""


def load_reference(con: Connection, folder: Path = REFERENCE, sample: Path = SAMPLE, regions: Path = REGIONS) -> None:
    """Create schema ref with its tables and view, replacing what stands there, and check them."""
    con.execute("create schema if not exists ref")
    _create(con, "municipality", _municipality(folder, sample))
    _create(con, "population", _population(folder, sample))
    _create(con, "region", read_regions([regions, sample / "regions.csv"]))
    _create(con, "ministry_body", _ministry_body(folder))
    _create(con, "ministry_national", _ministry_national(folder))
    _create(con, "symbol", _renamed(folder / "statistical_symbols.csv", "symbols"))
    shown = ["file", "title", "credit", "licence", "as_of", "confirmed_for_public"]
    _create(con, "source", pd.DataFrame([vars(source) for source in read_sources(folder)])[shown])
    con.execute(PREFECTURE_VIEW)
    check_reference(con, folder)


def _municipality(folder: Path, sample: Path) -> pd.DataFrame:
    frame = pd.concat([_read(path) for path in present("municipalities.csv", folder, sample)], ignore_index=True)
    marks = frame["welfare_office_by_law"]
    unknown = sorted(set(marks.dropna()) - {"1"})
    if unknown:
        raise ReferenceMismatch(f"municipalities.csv: welfare_office_by_law is 1 or blank, found {unknown}")
    # The law gives every city and ward an office; a town may have one, so a blank is unknown and not "no".
    frame["has_welfare_office"] = pd.array([True if mark == "1" else None for mark in marks], dtype="boolean")
    frame = frame.rename(columns={"code6": "area_code"})
    return frame[["area_code", "pref_code", "pref_name", "name", "kana", "type", "has_welfare_office"]]


def _population(folder: Path, sample: Path) -> pd.DataFrame:
    frame = pd.concat([_read(path) for path in present("population.csv", folder, sample)], ignore_index=True)
    frame = _numbers(frame.rename(columns={"code6": "area_code"}), PEOPLE, "population.csv")
    frame["as_of"] = pd.to_datetime(frame["as_of"], format="%Y-%m-%d").dt.date
    return frame[["area_code", "as_of", *PEOPLE]]


def _ministry_body(folder: Path) -> pd.DataFrame:
    columns = read_columns(folder)
    identity, measures = [*columns["body"].values()], [*columns["measures"].values()]
    years = []
    # A further year is a further file; it needs no code.
    for path in sorted(folder.glob("konkyu_fy*_by_body.csv")):
        frame = _renamed(path, "body", "measures")
        # A year with fewer columns leaves them null; without these it is not the ministry's table.
        lacking = {*identity, "population", "new_consultations", "plans"} - set(frame)
        if lacking:
            raise ReferenceMismatch(f"{path.name}: lacks {sorted(lacking)}")
        years.append(_numbers(frame.reindex(columns=identity + measures), ["fiscal_year", *measures], path.name))
    frame = pd.concat(years, ignore_index=True)
    frame.insert(1, "pref_code", frame["pref_area_code"].str[:2])
    codes = _read(folder / "prefecture_codes.csv")
    known = set(zip(codes["都道府県コード"], codes["都道府県名"], strict=True))
    strange = set(zip(frame["pref_area_code"], frame["pref_name"], strict=True)) - known
    if strange:
        raise ReferenceMismatch(f"konkyu_fy*_by_body.csv: unknown prefectures {sorted(strange)}")
    return frame


def _ministry_national(folder: Path) -> pd.DataFrame:
    path, columns = folder / "konkyu_national_by_year.csv", read_columns(folder)
    wanted = [*columns["national"].values(), *columns["measures"].values()]
    return _numbers(_renamed(path, "national", "measures").reindex(columns=wanted), wanted, path.name)


def _read(path: Path) -> pd.DataFrame:
    # Only the empty cell is missing: "-" and "…" are symbols here, and "NA" would be text.
    return pd.read_csv(path, dtype=str, keep_default_na=False, na_values=[""], encoding="utf-8-sig")


def _renamed(path: Path, *sections: str) -> pd.DataFrame:
    names = {heading: name for section in sections for heading, name in read_columns(path.parent)[section].items()}
    frame = _read(path)
    unknown = [column for column in frame.columns if column not in names]
    if unknown:
        raise ReferenceMismatch(f"{path.name}: unknown columns {unknown}; known are {list(names)}")
    return frame.rename(columns=names)


def _numbers(frame: pd.DataFrame, columns: Sequence[str], file: str) -> pd.DataFrame:
    for column in columns:
        # "Int64" refuses a fraction, which a cast in the database would round without a word.
        whole = "Int32" if column == "fiscal_year" else "Int64"
        kind = "Float64" if is_rate(column) else whole
        try:
            frame[column] = pd.to_numeric(frame[column]).astype(kind)
        except (TypeError, ValueError) as error:
            raise ReferenceMismatch(f"{file}: {column} cannot be read as {kind} ({error})") from error
    return frame


def _create(con: Connection, table: str, frame: pd.DataFrame) -> None:
    con.register("incoming_reference", frame)
    try:
        con.execute(f"create or replace table ref.{table} as select * from incoming_reference")
    finally:
        con.unregister("incoming_reference")
