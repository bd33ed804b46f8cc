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
    assert required == {
        "referral": ["紹介番号", "把握日"],
        "meeting": ["会議体", "開催日", "参加機関"],
        "consultation": ["年月", "側"],
        "practice": ["年度"],
        "example": ["事例名"],
    }
    assert all_returns()["meeting"].derive == {"meeting_id": ("body", "held_date")}


def test_each_return_stands_in_time_in_its_own_way():
    times = {item.id: (item.time, item.period_sql("r")) for item in all_returns().values()}
    assert times == {
        "referral": ("date", "strftime(r.caught_date, '%Y-%m')"),
        "meeting": ("date", "strftime(r.held_date, '%Y-%m')"),
        "consultation": ("month", "r.month"),
        "practice": ("fiscal_year", "cast(r.fiscal_year as text) || '-04'"),
        "example": ("", "cast(null as text)"),
    }


def test_every_new_type_has_its_raw_columns(declared):
    text = SMALL + "".join(
        f'[[fields]]\nname = "{kind}_field"\nheading = "{kind}"\ntype = "{kind}"\n'
        for kind in ("month", "fiscal_year", "flag", "text", "contact")
    )
    assert declared(text).columns[-5:] == (
        ("month_field", "text"),
        ("fiscal_year_field", "int"),
        ("flag_field", "boolean"),
        ("text_field", "text"),
        ("contact_field", "text"),
    )


def test_a_word_in_braces_stands_for_each_of_its_spellings(declared):
    text = SMALL.replace('heading = "件数"', 'heading = "件数"\naliases = ["{pf}{of}件数", "数"]')
    text += '[words]\npf = ["PF", "プラットフォーム"]\nof = ["", "の"]\n'
    aliases = ("PF件数", "PFの件数", "プラットフォーム件数", "プラットフォームの件数", "数")
    assert declared(text).field("cases").aliases == aliases


LISTED = (
    SMALL
    + """
[[fields]]
name = "kind"
heading = "種類"
type = "choice"
codes = "kind"
[code_lists.kind]
one = ["甲", "こう"]
two = ["乙"]
"""
)


def test_a_code_list_is_of_the_version_of_its_file_unless_it_says_its_own(declared):
    plain = declared(LISTED).field("kind").code_list
    assert (plain.version, plain.effective_from, plain.source) == ("1", "", "")
    own = 'version = "2025-1"\neffective_from = "2025-04-01"\nsource = "通知"\n'
    listed = declared(LISTED + own).field("kind").code_list
    assert (listed.version, listed.effective_from, listed.source) == ("2025-1", "2025-04-01", "通知")
    assert listed.spellings == {"one": ("甲", "こう"), "two": ("乙",)}
    with pytest.raises(DeclarationError):
        declared(LISTED + 'valid_until = "2026-03-31"\n')


@pytest.mark.parametrize(
    "added",
    [
        'part_of = "number"',
        'part_of = "nothing"',
        'denied_by = "day"',
        'aliases = ["番号"]',
    ],
)
def test_a_relation_that_cannot_hold_is_our_own_mistake(declared, added):
    with pytest.raises(DeclarationError):
        declared(SMALL.replace('heading = "件数"', f'heading = "件数"\n{added}'))


def test_a_date_column_beside_an_answer_must_not_be_declared_twice(declared):
    with pytest.raises(DeclarationError, match="told_date"):
        declared(SMALL + '[[fields]]\nname = "told_date"\nheading = "勧奨した日"\ntype = "date"\n')


def test_examples_name_declared_fields_and_fill_in_what_is_required():
    for item in all_returns().values():
        assert item.examples, item.id
        for row in item.examples:
            assert {field.name for field in item.required} <= set(row), item.id
            assert row["municipality"] in ("夕凪原市", "青苑市"), "examples are of the invented prefecture"


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
            for code, words in ((code, words) for code, words in codes.items() if isinstance(words, list)):
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
