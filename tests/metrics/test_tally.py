"""Tallies recounted row by row, and what happens when one breaks its contract."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from metrics.cube import CubeError, build_tally
from metrics.store import Store
from metrics.tallied import Tallied
from metrics.tally import TALLIES, Tally, load_tallies, read_tally
from tests.metrics.recounts.counting import Row, Tables

Key = tuple[Any, ...]
Recount = Callable[[Tables], dict[Key, tuple[int, ...]]]
LINK = load_tallies()["referral_link"]
every_tally = pytest.mark.parametrize("tally", load_tallies().values(), ids=lambda one: one.id)


def added(rows: Iterator[tuple[Key, tuple[int, ...]]]) -> dict[Key, tuple[int, ...]]:
    """The counts of equal keys added up, place by place."""
    found: dict[Key, tuple[int, ...]] = {}
    for key, counts in rows:
        before = found.get(key, (0,) * len(counts))
        found[key] = tuple(one + more for one, more in zip(before, counts, strict=True))
    return found


def place(row: Row, *fields: str) -> Key:
    return (row["area_code"], row["period"], *(row.get(field) or "not_recorded" for field in fields))


def came(seat: Row) -> bool:
    return seat["attendance"] in ("present", "proxy")


def seats_of(tables: Tables, meeting: Row) -> list[Row]:
    return [
        seat
        for seat in tables["core.attendance"]
        if (seat["area_code"], seat["meeting_id"]) == (meeting["area_code"], meeting["meeting_id"])
    ]


def referral_link(tables: Tables) -> dict[Key, tuple[int, ...]]:
    made: Counter[Key] = Counter()
    for row in tables["core.referral"]:
        here = (row["area_code"], row["period"], row["direction"])
        made[*here, "agency", row["from_department"], row["to_agency"]] += 1
        made[*here, "result", row["to_agency"], row["result"] or "not_recorded"] += 1
    return {key: (count,) for key, count in made.items()}


def referral_stage(tables: Tables) -> dict[Key, tuple[int, ...]]:
    return added(
        (
            place(row, "direction", "from_department"),
            (
                1,
                row["recommended"] is not None,
                row["recommended"] is True,
                row["consent"] is not None,
                row["consent"] == "given",
                row["handover_date"] is not None,
                row["contact_date"] is not None,
                row["plan_date"] is not None,
            ),
        )
        for row in tables["core.referral"]
    )


def organisation_seat(tables: Tables) -> dict[Key, tuple[int, ...]]:
    return added(
        (place(seat, "body", "organisation", "category", "side"), (1, seat["attendance"] is not None, came(seat)))
        for seat in tables["core.attendance"]
    )


def meeting_load(tables: Tables) -> dict[Key, tuple[int, ...]]:
    def counted(meeting: Row) -> tuple[int, ...]:
        minutes, present = meeting.get("minutes"), sum(map(came, seats_of(tables, meeting)))
        is_timed = minutes is not None
        return (
            1,
            is_timed,
            minutes or 0,
            present if is_timed else 0,
            present * (minutes or 0),
            meeting.get("case_count") or 0,
            meeting.get("shared_case_count") or 0,
        )

    return added((place(one, "body", "form", "activity"), counted(one)) for one in tables["core.meeting"])


def meeting_side(tables: Tables) -> dict[Key, tuple[int, ...]]:
    def sides() -> Iterator[tuple[Key, tuple[int, ...]]]:
        for meeting in tables["core.meeting"]:
            seats = seats_of(tables, meeting)
            for side in {seat["side"] for seat in seats}:
                own = [seat for seat in seats if seat["side"] == side]
                answered = sum(seat["attendance"] is not None for seat in own)
                present, invited = sum(map(came, own)), sum(seat.get("invited") is True for seat in own)
                key = (*place(meeting, "body"), side or "not_recorded")
                yield key, (1, answered > 0, present > 0, len(own), invited, answered, present)

    return added(sides())


def meeting_joined(tables: Tables) -> dict[Key, tuple[int, ...]]:
    def counted(meeting: Row) -> tuple[int, ...]:
        seats = seats_of(tables, meeting)
        is_known = any(seat["side"] and seat["attendance"] for seat in seats)
        joined = [
            any(came(seat) and seat["side"] in (side, "both") for seat in seats) for side in ("support", "connection")
        ]
        return (1, is_known, *joined)

    return added((place(one, "body"), counted(one)) for one in tables["core.meeting"])


RECOUNTS: dict[str, Recount] = {
    "meeting_joined": meeting_joined,
    "meeting_load": meeting_load,
    "meeting_side": meeting_side,
    "organisation_seat": organisation_seat,
    "referral_link": referral_link,
    "referral_stage": referral_stage,
}


def test_every_tally_of_the_folder_has_a_recount() -> None:
    assert set(load_tallies()) == set(RECOUNTS) == {path.stem for path in TALLIES.iterdir()}


@pytest.mark.parametrize("seed", [1, 2, 3])
@every_tally
def test_a_tally_equals_a_recount_row_by_row(tally: Tally, seed: int, synthetic: Any) -> None:
    tables = synthetic.make_tables(seed)
    con = duckdb.connect()
    synthetic.fill(con, tables)
    con.execute("create schema cube")
    build_tally(con, tally)
    rows = con.execute(f"select * from cube.{tally.id}").fetchall()
    width = len(tally.counts)
    assert {row[:-width]: row[-width:] for row in rows} == RECOUNTS[tally.id](tables)
    assert len(rows) == len(RECOUNTS[tally.id](tables)) > 0


@every_tally
def test_a_tally_says_its_grain_and_names_itself_in_japanese(tally: Tally) -> None:
    assert tally.sql.startswith("-- one row = ")
    assert any(ord(letter) > 0x3000 for letter in tally.title)
    assert tally.counts
    assert tally.columns[:2] == ("area_code", "period")


@every_tally
def test_a_tally_laid_out_sums_the_asked_periods(tally: Tally, database: Path, tables: Tables) -> None:
    recounted = RECOUNTS[tally.id](tables)
    periods = sorted({key[1] for key in recounted})[:2]
    with Store(database) as store:
        laid_out = Tallied(tally, store.tally_rows(tally.id))
    found, none = laid_out.over(periods), laid_out.over([])
    expected = added(((key[0], *key[2:]), counts) for key, counts in recounted.items() if key[1] in periods)
    width = len(tally.counts)
    assert list(found.columns) == ["area_code", *tally.keys, *tally.counts]
    assert {tuple(row[:-width]): tuple(row[-width:]) for row in found.to_numpy().tolist()} == expected
    assert {str(found[count].dtype) for count in tally.counts} == {"int64"}
    assert none.empty


def test_a_tally_nobody_declared_is_not_found(database: Path) -> None:
    with Store(database) as store, pytest.raises(KeyError):
        store.tally_rows("meta")


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("count(*) as referrals", "count(*) as made", "columns are .*made, not .*referrals"),
        ("count(*) as referrals", "-count(*) as referrals", "a count is negative"),
        ("'agency' as step", "'result' as step", "a key occurs twice"),
        ("core.referral", "core.referrals", "referrals does not exist"),
    ],
)
def test_a_broken_contract_names_the_tally_and_the_rule(
    old: str, new: str, rule: str, synthetic: Any, tables: Tables
) -> None:
    con = duckdb.connect()
    same = [row | {"to_agency": "a", "from_department": "a", "result": "a"} for row in tables["core.referral"]]
    synthetic.fill(con, tables | {"core.referral": same})
    con.execute("create schema cube")
    with pytest.raises(CubeError, match=f"referral_link: (.|\n)*{rule}"):
        build_tally(con, replace(LINK, sql=LINK.sql.replace(old, new)))


@pytest.mark.parametrize(
    "text", ["select 1", "/*\ntitle = 表\n*/ select 1", '/*\ntitle = "表"\nkeys = []\n*/ select 1']
)
def test_a_header_that_cannot_be_read_names_its_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "trial.sql"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"trial\.sql: the header"):
        read_tally(path)
