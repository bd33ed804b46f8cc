"""The declarations of the returns."""

import pytest

from etl.build import schema_mark
from etl.declare import SQL_TYPES, DeclarationError, all_returns, read_declaration
from etl.organisations import UNKNOWN, categories, category_of

SMALL = """
id = "small"
title = "小さな報告"
grain = "1行"
version = "1"
identity = ["number"]
month_of = "day"
date_order = []
[[fields]]
name = "number"
heading = "番号"
type = "id"
required = true
[[fields]]
name = "day"
heading = "日"
type = "date"
[[fields]]
name = "cases"
heading = "件数"
type = "count"
[[fields]]
name = "told"
heading = "勧奨"
type = "flag_or_date"
"""


@pytest.fixture
def declared(tmp_path):
    def write(text):
        path = tmp_path / "small.toml"
        path.write_text(text, encoding="utf-8")
        return read_declaration(path)

    return write


def test_a_declaration_becomes_a_table(declared):
    assert declared(SMALL).table_sql == (
        "create table if not exists raw.small (load_id text, row_number bigint, number text, day date, "
        "cases bigint, cases_mark text, told boolean, told_date date)"
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('type = "date"', 'type = "day"'),
        ('heading = "日"', 'heading = "日"\ntypo = 1'),
        ('name = "cases"', 'name = "day"'),
        ('month_of = "day"', 'month_of = "days"'),
        ('identity = ["number"]', 'identity = ["nummer"]'),
        ("date_order = []", 'date_order = ["later"]'),
    ],
)
def test_a_wrong_declaration_is_our_own_mistake(declared, old, new):
    with pytest.raises(DeclarationError):
        declared(SMALL.replace(old, new))


def test_the_returns_of_the_design_are_there_with_their_required_fields():
    required = {item.id: [field.heading for field in item.required] for item in all_returns().values()}
    assert required == {"referral": ["紹介番号", "把握日"], "meeting": ["会議体", "開催日", "参加機関"]}
    assert all_returns()["meeting"].derive == {"meeting_id": ("body", "held_date")}


def test_no_heading_names_two_fields_of_one_return():
    for item in all_returns().values():
        spellings = [heading for field in item.fields for heading in (field.heading, *field.aliases)]
        assert len(set(spellings)) == len(spellings), item.id
        assert {field.type for field in item.fields} <= {*SQL_TYPES, "municipality_name"}


def test_no_word_means_two_codes_of_one_list():
    import tomllib
    from pathlib import Path

    from etl.spelling.text import key

    for path in (Path(__file__).parents[2] / "etl" / "returns").glob("*.toml"):
        for name, codes in tomllib.loads(path.read_text(encoding="utf-8"))["code_lists"].items():
            meant: dict[str, str] = {}
            for code, words in codes.items():
                for word in words:
                    assert meant.setdefault(key(word), code) == code, (path.name, name, word)


def test_the_mark_of_the_schema_follows_the_declarations(declared):
    before = schema_mark(all_returns())
    assert schema_mark({**all_returns(), "small": declared(SMALL)}) != before
    assert schema_mark(all_returns()) == before


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("福島市自立相談支援センター", "自立相談支援機関"),
        ("社会福祉協議会（自立相談支援窓口）", "自立相談支援機関"),
        ("福島市社協", "社協"),
        ("市営住宅係", "住宅"),
        ("国保年金課", "税務"),
        ("NPO法人たすけあい", "NPO"),
        ("ＮＰＯ法人たすけあい", "NPO"),
        ("㈱福島電力", "企業"),
        ("生活福祉課", "福祉"),
        ("福祉", "福祉"),
        ("まちの縁側の会", UNKNOWN),
        (None, "未記入"),
        ("", "未記入"),
    ],
)
def test_free_names_fall_into_categories(name, category):
    assert category_of(name) == category


def test_a_category_is_its_own_name():
    assert all(category_of(name) == name for name in categories())
