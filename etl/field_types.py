"""The types a field of a return can be declared with: what each becomes in the raw table, and how it is told to people.

A count keeps its mark (x, -, …, blank) beside its value: hidden, none and unknown are three things, and none of them
is zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class FieldType:
    """`columns` are (suffix of the field's name, SQL type); `words` and `how` go to template and dictionary."""

    id: str
    columns: tuple[tuple[str, str], ...]
    words: str
    how: str
    is_free_text: bool = False
    of_organisation: bool = False  # an organisation's own telephone or mail may stand here


_TYPES = (
    FieldType("id", (("", "text"),), "番号", "64文字以内の番号。個人を特定できる番号は使わない。"),
    FieldType(
        "municipality_code",
        (("", "text"),),
        "団体コード",
        "全国地方公共団体コード。6桁（検査数字付き）又は5桁。",
        is_free_text=True,
    ),
    # The name serves the code column: both together tell the municipality.
    FieldType("municipality_name", (), "市区町村名", "都道府県名・郡名は省略できる。", is_free_text=True),
    FieldType("date", (("", "date"),), "日付", "「令和6年6月24日」「R6.6.24」「2024/6/24」のように年から書く。"),
    FieldType("month", (("", "text"),), "年月", "「令和6年4月」「R6.4」「2024/4」のように年から書く。"),
    FieldType("fiscal_year", (("", "int"),), "年度", "「令和6年度」「R6年度」のように元号又は西暦4桁で書く。"),
    FieldType("choice", (("", "text"),), "選択", "選択肢のいずれかを書く。", is_free_text=True),
    FieldType("flag", (("", "boolean"),), "有無", "「有」又は「無」。○・×、あり・なし、済・未、1・0も読み取る。"),
    FieldType("flag_or_date", (("", "boolean"), ("_date", "date")), "有無又は日付", "「有」「無」又は行った日を書く。"),
    FieldType(
        "count",
        (("", "bigint"), ("_mark", "text")),
        "件数",
        "0以上の整数。秘匿は「x」、該当がないときは「-」、分からないときは「…」。空欄は「0」と読まない。",
    ),
    FieldType(
        "organisation",
        (("", "text"),),
        "機関名",
        "機関・部署の名称。個人の名前は書かない。",
        is_free_text=True,
        of_organisation=True,
    ),
    FieldType(
        "contact",
        (("", "text"),),
        "機関の連絡先",
        "部署名と、機関の電話番号・メールアドレス。担当者個人の名前は書かない。",
        is_free_text=True,
        of_organisation=True,
    ),
    FieldType("text", (("", "text"),), "文章", "個人が特定される内容は書かない。", is_free_text=True),
)
FIELD_TYPES: Mapping[str, FieldType] = {one.id: one for one in _TYPES}
