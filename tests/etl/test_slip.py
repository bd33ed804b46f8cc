"""The return slip: the municipality's own file with its wrong cells marked, which corrected is a valid return."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from etl.__main__ import main
from etl.load import Incoming
from etl.receipts import Receipt, receipts
from etl.slip import MAX_CELLS, why_only_list, write_slip
from etl.store import Place

Load = Callable[..., list[Receipt]]
Make = Callable[..., Any]


@pytest.fixture
def slip_of(load: Load) -> Callable[..., tuple[Receipt, openpyxl.Workbook, bytes]]:
    """Loads one file and opens its slip."""

    def make(data: bytes, name: str = "報告.csv", **order: Any) -> tuple[Receipt, openpyxl.Workbook, bytes]:
        receipt = load({name: data}, **{"prefecture": "07", **order})[0]
        slip = write_slip(Incoming(name, data), receipt)
        return receipt, openpyxl.load_workbook(io.BytesIO(slip)), slip

    return make


def texts(sheet: Worksheet) -> list[list[str]]:
    return [["" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True)]


def notes(sheet: Worksheet) -> dict[str, str]:
    return {cell.coordinate: cell.comment.text for row in sheet for cell in row if cell.comment}


def test_a_csv_becomes_a_workbook_with_its_own_rows_as_they_were_sent(
    slip_of: Make, referral: Make, csv_of: Make
) -> None:
    data = csv_of(
        referral("A-1", 把握日="令和6年13月1日"), referral("0012"), above=["令和6年6月分　福島市"], encoding="cp932"
    )
    _, book, _ = slip_of(data)
    assert book.sheetnames == ["確認事項", "報告"]
    rows = texts(book["報告"])
    assert rows[0][0] == "令和6年6月分　福島市"
    assert rows[1][:4] == ["紹介番号", "団体コード", "市区町村", "把握日"]
    assert rows[2][:4] == ["A-1", "072010", "福島市", "令和6年13月1日"]
    assert rows[3][:2] == ["0012", "072010"]


def test_a_wrong_cell_has_colour_a_thick_frame_and_a_note_that_says_what_to_do(
    slip_of: Make, referral: Make, csv_of: Make
) -> None:
    _, book, _ = slip_of(csv_of(referral("A-1"), referral("A-2", 把握日="2024/13/45")))
    cell = book["報告"]["D3"]
    assert cell.value == "2024/13/45"
    assert cell.fill.fgColor.rgb == "FFFFD966"
    assert (cell.border.left.style, cell.border.top.style) == ("thick", "thick")
    assert notes(book["報告"]) == {"D3": "「2024/13/45」は暦にない日付です。月と日を確かめてください。"}


def test_every_problem_is_listed_with_a_link_to_its_cell(slip_of: Make, referral: Make, csv_of: Make) -> None:
    _, book, _ = slip_of(csv_of(referral("A-1"), referral("A-2", 本人同意="たぶん"), referral("A-1")))
    listed = {row[1].value: row for row in book["確認事項"].iter_rows() if row[0].value == "要修正"}
    assert {place: row[2].value for place, row in listed.items()} == {"3行目": "本人同意", "4行目": "紹介番号"}
    assert listed["3行目"][1].hyperlink.location == "'報告'!H3"
    assert listed["4行目"][1].hyperlink.location == "'報告'!A4"
    assert "次のいずれかを書いてください：有、無、未確認" in listed["3行目"][4].value


def test_a_word_that_is_not_on_the_list_gets_the_list_to_choose_from(
    slip_of: Make, referral: Make, csv_of: Make
) -> None:
    _, book, _ = slip_of(csv_of(referral("A-1"), referral("A-2", 本人同意="たぶん")))
    rules = book["報告"].data_validations.dataValidation
    assert [(str(rule.sqref), rule.formula1) for rule in rules] == [("H3", '"有,無,未確認"')]


def test_the_corrected_slip_is_accepted_in_place_of_the_file(
    slip_of: Make, load: Load, referral: Make, csv_of: Make, query: Make
) -> None:
    rows = [referral("A-1"), referral("A-2", 把握日="2024/13/45"), referral("A-3", 結果="？？")]
    _, book, _ = slip_of(csv_of(*rows, above=["令和6年6月分　福島市"]))
    sheet = book["報告"]
    sheet["D4"], sheet["L5"] = "R6.6.25", "支援中"
    saved = io.BytesIO()
    book.save(saved)
    receipt = load({"報告_返却票.xlsx": saved.getvalue()}, prefecture="07", replace=True)[0]
    assert (receipt.outcome, receipt.rows_accepted, receipt.rows_replaced) == ("accepted", 3, 1)
    assert receipt.problems == ()
    assert query("select referral_id, caught_date::text from raw.referral order by 1") == [
        ("A-1", "2024-06-24"),
        ("A-2", "2024-06-25"),
        ("A-3", "2024-06-24"),
    ]


def test_a_slip_sent_back_uncorrected_is_told_the_same(slip_of: Make, load: Load, referral: Make, csv_of: Make) -> None:
    first, _, slip = slip_of(csv_of(referral("A-1"), referral("A-2", 把握日="2024/13/45", 紹介先機関="=1+1")))
    again = load({"返却票.xlsx": slip}, prefecture="07", replace=True)[0]

    def told(receipt: Receipt) -> list[tuple[object, ...]]:
        return [(one["rule"], one["line"], one["column"]) for one in receipt.problems]

    assert told(again) == told(first)
    assert (again.outcome, again.rows_quarantined) == (first.outcome, first.rows_quarantined)


def test_the_slip_of_a_slip_has_one_list(slip_of: Make, referral: Make, csv_of: Make) -> None:
    _, _, slip = slip_of(csv_of(referral("A-1"), referral("A-2", 把握日="2024/13/45")))
    _, book, _ = slip_of(slip, "返却票.xlsx", replace=True)
    assert book.sheetnames == ["確認事項", "報告"]


def test_what_a_spreadsheet_would_run_is_only_text(slip_of: Make, referral: Make, csv_of: Make) -> None:
    wrong = referral("A-2", 紹介元部署='=HYPERLINK("http://example.invalid")', 紹介先機関="@SUM(A1)")
    _, book, slip = slip_of(csv_of(referral("A-1"), wrong))
    assert {cell.data_type for sheet in book for row in sheet for cell in row if cell.value is not None} == {"s"}
    with zipfile.ZipFile(io.BytesIO(slip)) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 2
    assert not any("<f>" in text for text in sheets)
    assert set(notes(book["報告"])) == {"E3", "F3"}


def test_cells_keep_being_text_when_somebody_types_into_them(slip_of: Make, referral: Make, csv_of: Make) -> None:
    _, book, _ = slip_of(csv_of(referral("A-1"), referral("A-2", 把握日="2024/13/45")))
    sheet = book["報告"]
    assert {cell.number_format for row in sheet for cell in row if cell.value} == {"@"}
    assert {column.number_format for column in sheet.column_dimensions.values()} == {"@"}  # of cells left blank


def test_each_sheet_of_a_workbook_keeps_its_name_and_its_marks(slip_of: Make, referral: Make, xlsx_of: Make) -> None:
    good, wrong = referral("A-1", 把握日="2024/4/3"), referral("A-2", 把握日="2024/5/32", つなぎ日="", 初回相談日="")
    sheets = {"4月": [list(good), list(good.values())], "5月": [["5月分"], list(wrong), list(wrong.values())]}
    _, book, _ = slip_of(xlsx_of(sheets), "報告.xlsx")
    assert book.sheetnames == ["確認事項", "4月", "5月"]
    assert notes(book["4月"]) == {}
    assert set(notes(book["5月"])) == {"D3"}


def test_a_header_of_merged_cells_stays_one(slip_of: Make, load: Load, xlsx_of: Make) -> None:
    def arrange(book: openpyxl.Workbook) -> None:
        for cells in ("A1:A2", "B1:B2", "C1:D1"):
            book["記録"].merge_cells(cells)

    rows = [
        ["紹介番号", "市区町村", "紹介", None],
        [None, None, "把握日", "結果"],
        ["A-1", "福島市", "R6.6.24", "支援中"],
        ["A-2", "福島市", "R6.6.31", "支援中"],
    ]
    receipt, book, slip = slip_of(xlsx_of({"記録": rows}, arrange), "報告.xlsx")
    assert (receipt.rows_accepted, receipt.rows_quarantined) == (1, 1)
    assert sorted(map(str, book["記録"].merged_cells.ranges)) == ["A1:A2", "B1:B2", "C1:D1"]
    assert set(notes(book["記録"])) == {"C4"}
    again = load({"返却票.xlsx": slip}, prefecture="07", replace=True)[0]
    assert (again.rows_accepted, again.rows_quarantined) == (1, 1)


def test_cells_that_were_merged_downwards_are_filled(slip_of: Make, load: Load, xlsx_of: Make) -> None:
    rows = [
        ["紹介番号", "市区町村", "把握日"],
        ["A-1", "福島市", "R6.6.24"],
        ["A-2", None, "R6.6.25"],
        ["A-3", None, "R6.6.31"],
    ]
    _, book, slip = slip_of(xlsx_of({"記録": rows}, lambda book: book["記録"].merge_cells("B2:B4")), "報告.xlsx")
    assert [row[1] for row in texts(book["記録"])] == ["市区町村", "福島市", "福島市", "福島市"]
    assert load({"返却票.xlsx": slip}, prefecture="07", replace=True)[0].rows_quarantined == 1


def test_a_missing_column_is_told_at_the_heading_row(slip_of: Make, csv_of: Make) -> None:
    data = csv_of({"紹介番号": "A-1", "市区町村": "福島市", "結果": "支援中"})
    receipt, book, _ = slip_of(data)
    assert receipt.outcome == "refused"
    assert notes(book["報告"]) == {
        "A1": "相互紹介記録に必要な見出し「把握日」がありません。見出しを足して送ってください。"
        "名前が違う列がある場合は、見出しをこの名前に直してください。"
    }


PERSONAL = {
    "a column": ("紹介番号,氏名,市区町村,把握日\r\nA-1,福島 花子之助,福島市,R6.6.24\r\n", "福島 花子之助"),
    "a value": ("紹介番号,市区町村,把握日,備考\r\nA-1,福島市,R6.6.24,090-1234-5678へ\r\n", "090-1234-5678"),
    "a value where a column is missing": (
        "紹介番号,市区町村,結果,備考\r\nA-1,福島市,支援中,090-1234-5678へ\r\n",
        "090-1234-5678",
    ),
}


@pytest.mark.parametrize(("text", "value"), PERSONAL.values(), ids=PERSONAL.keys())
def test_a_file_with_personal_information_is_never_copied(slip_of: Make, text: str, value: str) -> None:
    receipt, book, slip = slip_of(text.encode())
    assert receipt.outcome == "refused"
    assert book.sheetnames == ["確認事項"]
    assert "個人情報" in "".join(str(cell.value) for row in book["確認事項"] for cell in row)
    with zipfile.ZipFile(io.BytesIO(slip)) as parts:
        assert not any(value in parts.read(name).decode(errors="ignore") for name in parts.namelist())


@pytest.mark.parametrize(
    ("name", "data"),
    [("報告.xls", b"<html><table><tr><td>A-1</td></tr></table></html>"), ("報告.csv", b"\x00\x01"), ("報告.csv", b"")],
)
def test_a_file_that_cannot_be_read_gets_the_list_alone(slip_of: Make, name: str, data: bytes) -> None:
    receipt, book, _ = slip_of(data, name)
    assert book.sheetnames == ["確認事項"]
    assert why_only_list(receipt, Incoming(name, data)) is not None


def test_without_the_bytes_only_the_list_can_be_made(load: Load, csv_of: Make, referral: Make) -> None:
    receipt = load({"報告.csv": csv_of(referral("A-1", 把握日="2024/13/45"))}, prefecture="07")[0]
    assert receipt.outcome == "refused"
    reason = why_only_list(receipt, None)
    assert reason is not None and "保管していない" in reason
    book = openpyxl.load_workbook(io.BytesIO(write_slip(Incoming("報告.csv", b""), receipt)))
    assert book.sheetnames == ["確認事項"]


def test_a_file_of_very_many_cells_gets_the_list_alone(
    slip_of: Make, referral: Make, csv_of: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MAX_CELLS >= 30_000 * 16  # a year's referrals of the largest city
    monkeypatch.setattr("etl.slip.MAX_CELLS", 30)
    _, book, _ = slip_of(csv_of(referral("A-1"), referral("A-2"), referral("A-3", 把握日="2024/13/45")))
    assert book.sheetnames == ["確認事項"]
    assert "行数が多いため" in "".join(str(cell.value) for row in book["確認事項"] for cell in row)


def test_a_cell_longer_than_a_spreadsheet_holds_is_not_cut_in_silence(
    slip_of: Make, referral: Make, csv_of: Make
) -> None:
    _, book, _ = slip_of(csv_of(referral("A-1"), referral("A-2", 紹介元部署="あ" * 40_000)))
    assert "長すぎるため写していません" in book["報告"]["E3"].value
    assert set(notes(book["報告"])) == {"E3"}


def test_telephone_numbers_of_facilities_do_not_come_back_as_a_persons(slip_of: Make, load: Load, csv_of: Make) -> None:
    row = {"市区町村": "福島市", "会議体": "支援会議", "開催日": "R6.6.24", "参加機関": "ひかり診療所 024-522-1111"}
    receipt, _, slip = slip_of(csv_of(row, row))
    assert [one["rule"] for one in receipt.problems if one["level"] == "row"] == ["duplicate_in_file"]
    again = load({"返却票.xlsx": slip}, prefecture="07", replace=True)[0]
    assert (again.rows_accepted, again.rows_quarantined) == (1, 1)


def test_the_slip_of_the_fictional_prefecture_says_so(slip_of: Make, csv_of: Make) -> None:
    row = {"紹介番号": "A-1", "団体コード": "992038", "把握日": "2024/6/24"}
    _, book, _ = slip_of(csv_of(row, {**row, "紹介番号": "A-2", "把握日": "x日"}), prefecture="99")
    assert book["確認事項"]["A1"].value == "返却票：報告.csv（架空データ）"


def test_the_list_says_what_became_of_the_file_and_how_to_send_it_again(
    slip_of: Make, referral: Make, csv_of: Make
) -> None:
    _, book, _ = slip_of(csv_of(referral("A-1"), referral("A-2", 把握日="2024/13/45")))
    told = "\n".join(str(row[0].value) for row in book["確認事項"].iter_rows(max_row=6))
    assert "2行のうち、1行を受け入れ、1行を保留しています" in told
    assert "このファイルのまま送り直してください" in told
    assert "訂正として置き換える" in told


def test_the_command_writes_a_slip_and_loads_nothing(
    place: Place, referral: Make, csv_of: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, out = tmp_path / "報告.csv", tmp_path / "返却票.xlsx"
    file.write_bytes(csv_of(referral("A-1"), referral("A-2", 把握日="2024/13/45")))
    asked = ["slip", str(file), "--out", str(out), "--prefecture", "07", "--db", str(place.pointer)]
    assert main(asked) == 1
    assert set(notes(openpyxl.load_workbook(out)["報告"])) == {"D3"}
    assert "何も読み込んでいません" in capsys.readouterr().out
    assert place.current() is None
    assert list(receipts(place.inbox)) == []


def test_the_command_wants_a_name_that_ends_in_xlsx(
    place: Place, referral: Make, csv_of: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "報告.csv"
    file.write_bytes(csv_of(referral("A-1")))
    assert main(["slip", str(file), "--out", str(tmp_path / "返却票.csv"), "--db", str(place.pointer)]) == 2
    assert ".xlsx で終えてください" in capsys.readouterr().err
