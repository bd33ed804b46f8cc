"""The guard's two sides: what must refuse a file, and what must not (tests/etl/tables/privacy.toml)."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pyarrow as pa
import pytest

from etl.privacy import find_personal, is_personal_heading, personal_kind

TABLES = tomllib.loads((Path(__file__).parent / "tables" / "privacy.toml").read_text(encoding="utf-8"))
KINDS = {
    "phone": "電話番号",
    "mail": "メールアドレス",
    "number": "個人番号（マイナンバー）",
    "name": "氏名",
    "address": "住所",
    "birthday": "生年月日",
}
REFUSED = [(text, kind) for table, kind in KINDS.items() for text in TABLES[table]]
LET_THROUGH = [*TABLES["remarks"], *TABLES["organisations"], *TABLES["numbers"]]


@pytest.mark.parametrize(("text", "kind"), REFUSED)
def test_personal_information_is_found_whatever_way_it_is_written(text, kind):
    assert personal_kind(text) == kind
    found = find_personal([f"様子{n}" for n in range(600)] + [text])  # the coarse net of large columns catches it too
    assert found is not None and (found.index, found.kind) == (600, kind)


@pytest.mark.parametrize("text", LET_THROUGH)
def test_what_clerks_write_every_day_is_let_through(text):
    assert personal_kind(text) is None


def test_the_tables_are_as_long_as_promised():
    assert len({text for text, _ in REFUSED}) >= 150
    assert len(set(LET_THROUGH)) >= 200


@pytest.mark.parametrize("text", TABLES["reachable"])
def test_an_organisation_may_be_reached(text):
    assert personal_kind(text, is_organisation=True) is None


@pytest.mark.parametrize(
    "text",
    [
        "民生委員 山田様",
        "山田太郎さん",
        "鈴木氏",
        "社協 佐藤様",
        "氏名：山田太郎",
        "民生委員（高橋花子さん）",
        "相談者：山田太郎",
        "大家の田中さん",
    ],
)
def test_a_person_in_the_place_of_an_organisation_is_still_a_person(text):
    assert personal_kind(text, is_organisation=True) == "氏名"


@pytest.mark.parametrize("heading", TABLES["personal_headings"])
def test_headings_of_personal_information_are_known(heading):
    assert is_personal_heading(heading)


@pytest.mark.parametrize("heading", TABLES["other_headings"])
def test_headings_of_returns_are_let_through(heading):
    assert not is_personal_heading(heading)


def test_there_are_sixty_headings_on_each_side():
    assert len(set(TABLES["personal_headings"])) >= 60 and len(set(TABLES["other_headings"])) >= 60


def test_two_hundred_thousand_remarks_are_looked_at_within_a_second():
    base = [text for text in TABLES["remarks"] + TABLES["organisations"] if len(text) > 3]
    texts = [f"{base[n % len(base)]}。{base[n * 7 % len(base)]}（{n}回目）" for n in range(200_000)]
    assert len(set(texts)) == 200_000
    array = pa.array(texts)
    began = time.process_time()
    assert find_personal(array) is None
    assert time.process_time() - began < 4  # half a second on an idle machine; never a reason for a red build
