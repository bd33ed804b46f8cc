from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import duckdb
import pytest

from metrics.store import Store


@pytest.fixture(scope="module")
def store(database: Path) -> Iterator[Store]:
    with Store(database) as opened:
        yield opened


def test_counts_are_those_of_the_cube(store: Store, con: duckdb.DuckDBPyConnection) -> None:
    found = store.counts("consent_rate")
    assert list(found.columns) == ["area_code", "period", "breakdown", "numerator", "denominator"]
    assert found["numerator"].dtype == "int64"
    assert found["area_code"].dtype == "str"
    expected = con.execute("select * exclude (indicator_id) from cube.count where indicator_id = 'consent_rate'")
    assert sorted(found.itertuples(index=False, name=None)) == sorted(expected.fetchall())


def test_periods_choose_rows(store: Store) -> None:
    assert set(store.counts("handover_rate", ["2024-05", "2024-07"])["period"]) == {"2024-05", "2024-07"}
    assert set(store.durations("days_to_contact", ["2024-05"])["period"]) == {"2024-05"}
    assert len(store.counts("handover_rate", [])) == 0
    assert len(store.counts("no_such_rate")) == 0


def test_durations_have_their_own_columns(store: Store) -> None:
    found = store.durations("days_to_contact")
    assert list(found.columns) == ["area_code", "period", "breakdown", "days", "events", "censored"]
    assert len(found) > 0


def test_coverage_is_of_one_return_or_of_all(store: Store) -> None:
    assert set(store.coverage()["return_id"]) == {"referral", "meeting", "consultation", "practice"}
    assert set(store.coverage("referral")["return_id"]) == {"referral"}


def test_areas_are_in_the_order_of_their_codes(store: Store, synthetic: Any) -> None:
    assert list(store.areas()["area_code"]) == synthetic.AREAS


def test_meta_and_reference_tables(store: Store) -> None:
    assert store.meta()["version"] == "test"
    assert store.meta()["sample"] == "1"
    assert list(store.ministry(2024)["fiscal_year"].unique()) == [2024]
    assert list(store.ministry_national()["fiscal_year"]) == [2023, 2024]
    assert list(store.symbols()["symbol"]) == ["x"]


def test_many_threads_may_ask_at_once(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        sizes = list(pool.map(lambda _: len(store.counts("handover_rate")), range(40)))
    assert len(set(sizes)) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "create table cube.more (x integer)",
        "update cube.meta set value = 'x'",
        "drop schema cube cascade",
        "set enable_external_access = true",
        "set threads = 8",
    ],
)
def test_writing_and_unlocking_are_refused(store: Store, statement: str) -> None:
    with pytest.raises(duckdb.Error):
        store.frame(statement)


def test_no_other_file_can_be_read_or_written(store: Store, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n", encoding="utf-8")
    other = tmp_path / "other.duckdb"
    duckdb.connect(str(other)).close()
    for statement in (
        f"select * from read_csv('{secret}')",
        f"select * from '{secret}'",
        f"attach '{other}' as other",
        f"copy cube.area to '{tmp_path / 'out.csv'}'",
        "install httpfs",
    ):
        with pytest.raises(duckdb.Error):
            store.frame(statement)
    assert not (tmp_path / "out.csv").exists()


def test_a_missing_database_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(duckdb.Error):
        Store(tmp_path / "none.duckdb")
    assert not (tmp_path / "none.duckdb").exists()


def test_a_value_is_bound_and_never_part_of_the_statement(store: Store) -> None:
    assert len(store.counts("x' or '1' = '1")) == 0
    assert len(store.counts("handover_rate", ["x') or ('1' = '1"])) == 0
