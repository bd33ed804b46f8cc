"""What data/reference declares of its files, and the check that the loaded tables keep to it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from etl.connection import Connection


class ReferenceMismatch(Exception):  # noqa: N818
    """A reference file is not what data/reference/sources.toml or the column lists declare."""


@dataclass(frozen=True)
class Source:
    """One file of data/reference: what must be shown with it, and what must hold of it."""

    file: str
    title: str
    credit: str
    licence: str
    as_of: str
    origin: str
    confirmed_for_public: bool
    rows: int
    sums: dict[str, int] = field(default_factory=dict)


def read_sources(folder: Path) -> list[Source]:
    """Return the entries of sources.toml in file order."""
    entries = tomllib.loads((folder / "sources.toml").read_text(encoding="utf-8"))["source"]
    return [Source(**entry) for entry in entries]


def read_columns(folder: Path) -> dict[str, dict[str, str]]:
    """Return the sections of columns.toml: heading of the file to column name, in the order of the table."""
    return tomllib.loads((folder / "columns.toml").read_text(encoding="utf-8"))


def is_rate(column: str) -> bool:
    """True when the grammar of names says a rate: a fraction, and never to be added up."""
    return column.endswith("_per_100k_month")


def check_reference(con: Connection, folder: Path) -> None:
    """Raise ReferenceMismatch naming every count or sum that is not the declared one."""
    wrong = []

    def expect(what: str, expected: int, query: str, *bound: object) -> None:
        found = con.execute(query, bound).fetchone()[0]
        if found != expected:
            wrong.append(f"{what}: expected {expected}, found {found}")

    for source in read_sources(folder):
        if source.file == "municipalities.csv":
            query = "select count(*) from ref.municipality where pref_code <> '99'"
            expect("number of municipalities", source.rows, query)
            continue
        if source.file == "population.csv":
            label, rows = "2020 census", "from ref.population where area_code not like '99%'"
            bound: tuple[object, ...] = ()
        elif source.file.endswith("_by_body.csv"):
            label, rows = f"ministry {source.as_of}", "from ref.ministry_body where fiscal_year = ?"
            bound = (int(source.as_of),)
        else:
            continue
        expect(f"{label}, rows", source.rows, f"select count(*) {rows}", *bound)
        for name, total in source.sums.items():
            expect(f"{label}, sum of {name}", total, f"select cast(sum({name}) as bigint) {rows}", *bound)
    wrong += _differences_to_national(con, folder)
    strangers = "select count(*) from ref.population anti join ref.municipality using (area_code)"
    expect("populations of unknown municipalities", 0, strangers)
    unknown = "select count(*) from ref.region anti join ref.municipality using (area_code)"
    expect("municipalities of regions.csv that do not exist", 0, unknown)
    for table, key in (("municipality", "area_code"), ("ministry_body", "fiscal_year, pref_code, body")):
        repeated = f"select 1 from ref.{table} group by {key} having count(*) > 1"
        expect(f"{table} listed twice", 0, f"select count(*) from ({repeated}) as repeated")
    if wrong:
        raise ReferenceMismatch("; ".join(wrong))


def _differences_to_national(con: Connection, folder: Path) -> list[str]:
    counts = [name for name in read_columns(folder)["measures"].values() if not is_rate(name)]
    sums = ", ".join(f"cast(sum({name}) as bigint) as {name}" for name in counts)
    # A measure that a year's table does not have sums to null: nothing to compare.
    by_body = con.execute(f"select fiscal_year, {sums} from ref.ministry_body group by fiscal_year").df()
    national = con.execute("select * from ref.ministry_national").df().set_index("fiscal_year")
    missing = sorted(set(by_body["fiscal_year"]) - set(national.index))
    wrong = [f"year {year} has bodies but no national total" for year in missing]
    for _, row in by_body[~by_body["fiscal_year"].isin(missing)].iterrows():
        for name in counts:
            total = national.loc[row["fiscal_year"], name]
            if pd.notna(row[name]) and row[name] != total:
                wrong.append(f"sum of {name} {row['fiscal_year']}: bodies {row[name]}, national {total}")
    return wrong
