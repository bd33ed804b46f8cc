"""Fills the cube: every indicator counted once, so that pages never touch single referrals.

Reads ref.* and core.*, writes cube.* and nothing else. The connection is the caller's, which builds a new
database file beside the current one: a CubeError leaves the current one standing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import duckdb

from metrics.catalog import ALL, Indicator, load_catalog
from metrics.tally import Tally, load_tallies

COLUMNS = {
    "count": ("area_code", "period", "breakdown", "numerator", "denominator"),
    "duration": ("area_code", "period", "breakdown", "days", "events", "censored"),
}
SCHEMA = """
drop schema if exists cube cascade;
create schema cube;
create table cube.count (
    indicator_id text not null, area_code text not null, period text not null, breakdown text not null,
    numerator bigint not null, denominator bigint not null
);
create table cube.duration (
    indicator_id text not null, area_code text not null, period text not null, breakdown text not null,
    days integer not null, events bigint not null, censored bigint not null
);
create table cube.coverage as select * from core.coverage;
create table cube.area as select * from core.area;
create table cube.practice as select * from core.practice;
create table cube.example as select * from core.example;
create table cube.meta (key text primary key, value text);
"""
# What the catalog says of each indicator, beside the counts: every rule is asked once for all of them.
CONTRACT = """
create or replace temp table contract as
select unnest($id) as indicator_id, unnest($kind) as kind, unnest($period) as period_form,
    unnest($labels::text[][]) as labels, unnest($every::text[][]) as every, unnest($shared::text[][]) as shared
"""
ROWS = """(
    select indicator_id, area_code, period, breakdown, null as days, numerator as one, denominator as other
    from cube.count
    union all
    select indicator_id, area_code, period, breakdown, days, events, censored from cube.duration
)"""
# Each query finds the indicators that break a rule of the column contract.
RULES = {
    "a count is negative": f"select indicator_id from {ROWS} where least(one, other) < 0",
    "the numerator is greater than the denominator": """
        select indicator_id from cube.count join contract using (indicator_id)
        where numerator > denominator and kind in ('proportion', 'count')""",
    "a number of days is negative": "select indicator_id from cube.duration where days < 0",
    "area, period and breakdown occur twice": f"""
        select indicator_id from {ROWS}
        group by indicator_id, area_code, period, breakdown, days having count(*) > 1""",
    "a period is not of the form declared": rf"""
        select indicator_id from {ROWS} join contract using (indicator_id)
        where not regexp_full_match(period, case period_form when 'month' then '\d{{4}}-\d{{2}}' else '\d{{4}}' end)""",
    "a breakdown value has no label": f"""
        select indicator_id from {ROWS} join contract using (indicator_id)
        where len(labels) > 0 and not list_contains(labels, breakdown)""",
    "a value that splits the numerator is left out": """
        select indicator_id from cube.count join contract using (indicator_id) where len(every) > 0
        group by indicator_id, area_code, period having count(*) <> any_value(len(every))""",
    "values that share a denominator disagree on it": """
        select indicator_id from cube.count join contract using (indicator_id)
        where list_contains(shared, breakdown)
        group by indicator_id, area_code, period having min(denominator) <> max(denominator)""",
}


class CubeError(Exception):
    """An indicator broke the contract of its columns; the message names the indicator and the rule."""


def build_cube(
    con: duckdb.DuckDBPyConnection,
    meta: Mapping[str, str] | None = None,
    catalog: Mapping[str, Indicator] | None = None,
) -> None:
    """Makes the schema cube anew from ref and core. Raises CubeError.

    meta is written to cube.meta over what is known here (prefecture, data_end, sample, built_at).
    """
    for statement in SCHEMA.split(";"):
        if statement.strip():
            con.execute(statement)
    indicators = list((load_catalog() if catalog is None else catalog).values())
    for indicator in indicators:
        _count(con, indicator)
    _check(con, indicators)
    for tally in load_tallies().values():
        build_tally(con, tally)
    con.executemany("insert into cube.meta values (?, ?)", list((_known(con) | dict(meta or {})).items()))


def build_tally(con: duckdb.DuckDBPyConnection, tally: Tally) -> None:
    """Makes cube.<id> and holds it to its contract. Raises CubeError."""
    try:
        con.execute(f"create table cube.{tally.id} as select * from ({tally.sql}\n) order by all")
    except duckdb.Error as error:
        raise CubeError(f"{tally.id}: {error}") from error
    found = tuple(row[0] for row in con.execute(f"describe cube.{tally.id}").fetchall())
    if found != tally.columns:
        raise CubeError(f"{tally.id}: columns are {', '.join(found)}, not {', '.join(tally.columns)}")
    keys = ", ".join(tally.columns[: -len(tally.counts)])
    for rule, broken in {
        "a key occurs twice": f"select 1 from cube.{tally.id} group by {keys} having count(*) > 1",
        "a count is negative": f"select 1 from cube.{tally.id} where least({', '.join(tally.counts)}) < 0",
    }.items():
        if con.execute(f"{broken} limit 1").fetchall():
            raise CubeError(f"{tally.id}: {rule}")


def _count(con: duckdb.DuckDBPyConnection, indicator: Indicator) -> None:
    table = "duration" if indicator.kind == "duration" else "count"
    try:
        found = tuple(row[0] for row in con.execute(f"describe {indicator.sql}").fetchall())
        if found != COLUMNS[table]:
            raise CubeError(f"{indicator.id}: columns are {', '.join(found)}, not {', '.join(COLUMNS[table])}")
        con.execute(
            f"insert into cube.{table} select $id, * from ({indicator.sql}\n) order by all",
            {"id": indicator.id},
        )
    except duckdb.Error as error:
        raise CubeError(f"{indicator.id}: {error}") from error


def _check(con: duckdb.DuckDBPyConnection, indicators: Sequence[Indicator]) -> None:
    contracts = [_contract(indicator) for indicator in indicators]
    if not contracts:
        return
    con.execute(CONTRACT, {name: [one[name] for one in contracts] for name in contracts[0]})
    for rule, query in RULES.items():
        for (indicator_id,) in con.execute(f"{query} order by 1 limit 1").fetchall():
            raise CubeError(f"{indicator_id}: {rule}")
    con.execute("drop table contract")


def _contract(indicator: Indicator) -> dict[str, object]:
    breakdown = indicator.breakdown
    labels = list(breakdown.labels) if breakdown else [ALL]
    # Values that split the numerator are summed over one denominator: all must be there, also with 0.
    every = labels if breakdown and breakdown.splits == "numerator" else []
    return {
        "id": indicator.id,
        "kind": indicator.kind,
        "period": indicator.period,
        "labels": labels,
        "every": every,
        "shared": list(breakdown.headline or every) if breakdown and every else [],
    }


def _known(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    prefectures = [row[0] for row in con.execute("select distinct pref_code from cube.area").fetchall()]
    data_end = con.execute("select max(data_end) from cube.area").fetchall()[0][0]
    return {
        "prefecture": ",".join(sorted(prefectures)),
        "data_end": "" if data_end is None else data_end.isoformat(),
        "sample": "1" if "99" in prefectures else "0",
        "built_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
