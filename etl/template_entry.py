"""What Excel checks and says while a cell of the entry template is filled in, and how the cell looks."""

from __future__ import annotations

from datetime import date
from typing import Any

from etl.dictionary import Entry, choices
from etl.fields import Field
from etl.spelling.eras import format_fiscal_year

# Excel takes no more.
_TITLE, _MESSAGE = 32, 255
_YEARS_BEFORE, _YEARS_AFTER = 2, 8
_FIRST, _LAST = date(1945, 1, 1), date(2100, 12, 31)
WIDTHS = {"text": 28, "contact": 28, "organisation": 22, "id": 14, "municipality_name": 14, "choice": 16}
NUMBER_FORMATS = {"date": "yyyy/m/d", "month": 'yyyy"年"m"月"', "flag_or_date": "yyyy/m/d", "count": "#,##0"}
# Everything else stays as it is typed: no zero lost, nothing taken for a date.
AS_TYPED = "@"


def validation(field: Field, entry: Entry, cell: str, words: str, since: str) -> dict[str, Any]:
    """Options of XlsxWriter's data_validation. `cell` is the first cell below, `words` where the list of choices is."""
    told: dict[str, Any] = {"input_title": field.heading[:_TITLE], "input_message": _short(entry.how)}
    refused = {"error_title": "この欄に書けない値です", "error_message": _short(entry.how)}
    if field.type == "choice":
        message = _short(f"次のいずれかを選んでください：{'、'.join(entry.choices)}")
        return {**told, "validate": "list", "source": words, **refused, "error_message": message}
    if field.type == "flag":
        return {**told, "validate": "list", "source": list(choices(field)), **refused}
    if field.type == "flag_or_date":  # a day is right as well, so Excel only asks
        message = "「有」「無」のほか、行った日付も書けます。日付のときは「はい」を押してください。"
        return {
            **told, "validate": "list", "source": list(choices(field)), "error_type": "warning",
            "error_title": "日付ですか", "error_message": message,
        }  # fmt: skip
    if field.type == "fiscal_year":
        first = int(since[:4]) if since else date.today().year
        years = [format_fiscal_year(year) for year in range(first - _YEARS_BEFORE, first + _YEARS_AFTER)]
        message = "一覧にない年度です。このままでよければ「はい」を押してください。"
        return {
            **told, "validate": "list", "source": years, "error_type": "warning", "error_title": "年度の確認",
            "error_message": message,
        }  # fmt: skip
    if field.type == "date":
        return {
            **told, "validate": "date", "criteria": "between", "minimum": _FIRST, "maximum": _LAST, **refused,
            "error_message": "日付として読めません。「2024/6/24」「R6.6.24」のように年から書いてください。",
        }  # fmt: skip
    if field.type == "count":
        number = f"IF(ISNUMBER({cell}),AND({cell}>=0,{cell}=INT({cell})),FALSE)"
        formula = f'=OR({number},{cell}="x",{cell}="-",{cell}="…")'
        message = "0以上の整数を書いてください。秘匿は「x」、該当がないときは「-」、分からないときは「…」です。"
        return {**told, "validate": "custom", "value": formula, **refused, "error_message": message}
    return {**told, "validate": "any"}


def comment(entry: Entry) -> str:
    """The note on a heading."""
    parts = ["必須" if entry.is_required else "任意", entry.how]
    if entry.choices:
        parts.append("選択肢：" + "、".join(entry.choices))
    parts += list(entry.rules)
    return "\n".join(part for part in parts if part)


def _short(text: str) -> str:
    return text if len(text) <= _MESSAGE else text[: _MESSAGE - 1] + "…"
