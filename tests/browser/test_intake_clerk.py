"""The clerk's way: a template is filled in with mistakes, handed in, sent back as a slip, corrected and accepted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import Locator, Page, expect

from tests.browser.app_server import AppServer, running
from tests.browser.watch import PATIENCE, Watch, opened, settled
from tests.sample_database import SILENT, SampleDatabase

TOWN = "水琴町"
ROWS = (
    {
        "紹介番号": "R6-1",
        "把握日": "令和6年6月3日",
        "紹介先機関": "自立相談支援機関",
        "利用勧奨": "有",
        "結果": "支援中",
    },
    {
        "紹介番号": "R6-2",
        "把握日": "令和6年6月31日",
        "紹介先機関": "自立相談支援機関",
        "利用勧奨": "有",
        "結果": "支援中",
    },
    {"紹介番号": "R6-3", "把握日": "2024/6/24", "紹介先機関": "自立相談支援機関", "利用勧奨": "ときどき"},
    {"紹介番号": "R6-4", "把握日": "2024/6/25", "紹介先機関": "自立相談支援機関", "結果": "よく分からない"},
)
# What the three wrong cells should have been, by number and heading.
CORRECTIONS = {("R6-2", "把握日"): "令和6年6月30日", ("R6-3", "利用勧奨"): "無", ("R6-4", "結果"): "支援中"}


@pytest.fixture(scope="module")
def own_app(
    sample_database: SampleDatabase, boundaries: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[AppServer]:
    """An app of its own: what is loaded here must not show up in the others' figures."""
    copy = sample_database.copy_to(tmp_path_factory.mktemp("clerk") / "build")
    with running(copy.path) as server:
        yield server


def saved(page: Page, button: Locator, folder: Path) -> Path:
    """Presses a download button and puts the file into a folder under its own name."""
    with page.expect_download(timeout=PATIENCE) as waiting:
        button.click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def header_of(sheet: Worksheet) -> tuple[int, dict[str, int]]:
    """The row of the headings, and the column of each."""
    for row in sheet.iter_rows():
        found = {cell.value: cell.column for cell in row if cell.value}
        if {"紹介番号", "把握日"} <= found.keys():
            return row[0].row, found
    raise AssertionError("no headings")


def fill_in(file: Path) -> None:
    """Writes the rows below the headings of the template, as a clerk would."""
    book = openpyxl.load_workbook(file)
    sheet = book["入力"]
    line, columns = header_of(sheet)
    for number, row in enumerate(ROWS, line + 1):
        for heading, text in {**row, "団体コード": SILENT[TOWN], "市区町村": TOWN}.items():
            sheet.cell(number, columns[heading], text)
    book.save(file)


def correct(file: Path) -> list[str]:
    """Mends the marked cells of a slip; returns what their notes say."""
    book = openpyxl.load_workbook(file)
    sheet = book["入力"]
    _, columns = header_of(sheet)
    headings = {column: heading for heading, column in columns.items()}
    notes = []
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment:
                notes.append(cell.comment.text)
                number = sheet.cell(cell.row, columns["紹介番号"]).value
                cell.value = CORRECTIONS[number, headings[cell.column]]
    book.save(file)
    return notes


def hand_in(page: Page, file: Path) -> None:
    page.locator('input[type="file"]').set_input_files(str(file))
    # A long name is cut in its middle.
    expect(page.get_by_test_id("stFileChipName")).to_contain_text(file.stem[-5:], timeout=PATIENCE)
    page.get_by_role("button", name="確認する").click()
    expect(page.get_by_text("確認の結果（まだ受け入れていません）")).to_be_visible(timeout=PATIENCE)
    settled(page)


def test_a_return_is_filled_in_sent_back_corrected_and_accepted(
    own_app: AppServer, sample_database: SampleDatabase, page: Page, watch: Watch, tmp_path: Path
) -> None:
    opened(page, f"{own_app.url}/dictionary?return=referral")
    template = saved(page, page.get_by_role("button", name="入力様式をダウンロード").first, tmp_path)
    assert template.suffix == ".xlsx"
    filled = template.rename(tmp_path / "R6.6_相互紹介記録_水琴町.xlsx")
    fill_in(filled)

    opened(page, f"{own_app.url}/intake?return=referral&fy=2024")
    hand_in(page, filled)
    expect(page.get_by_text("1行を受け入れ、3行を保留します")).to_be_visible()
    slip = saved(page, page.get_by_role("button", name="返却票を保存"), tmp_path)
    assert slip.name == "返却票_R6.6_相互紹介記録_水琴町.xlsx"
    page.get_by_role("button", name="受け入れる").click()
    expect(page.get_by_text("1行を受け入れ、3行を保留しました")).to_be_visible(timeout=PATIENCE)
    settled(page)

    notes = correct(slip)
    assert len(notes) == 3
    assert any("暦にない日付" in note for note in notes)
    hand_in(page, slip)
    expect(page.get_by_text("同じ番号の行が1行")).to_be_visible()
    page.get_by_text("訂正として置き換える", exact=True).click()
    expect(page.get_by_text("以前の1行を置き換え、4行を受け入れられます")).to_be_visible(timeout=PATIENCE)
    settled(page)
    page.get_by_role("button", name="受け入れる（1件）").click()
    expect(page.get_by_text("以前の1行を置き換え、4行を受け入れました")).to_be_visible(timeout=PATIENCE)
    settled(page)
    assert page.get_by_test_id("stException").count() == 0
    expect(
        page.get_by_text(f"これまでに{len(sample_database.receipts) + 2}件のファイルを受け取りました")
    ).to_be_visible()
    assert watch.errors == []
    assert watch.foreign(own_app.url) == []


def test_the_whole_way_can_be_gone_by_keyboard(own_app: AppServer, page: Page, tmp_path: Path) -> None:
    file = tmp_path / "R6.6_相互紹介記録_雪綿村.csv"
    file.write_bytes(f"紹介番号,団体コード,把握日\r\nY-1,{SILENT['雪綿村']},R6.6.3\r\n".encode("cp932"))
    opened(page, f"{own_app.url}/intake")
    page.locator('input[type="file"]').set_input_files(str(file))
    expect(page.get_by_test_id("stFileChipName")).to_have_text(file.name, timeout=PATIENCE)
    for name in ("確認する", "受け入れる"):
        button = page.get_by_role("button", name=name)
        expect(button).to_be_enabled(timeout=PATIENCE)
        tabbed_to(page, button)
        page.keyboard.press("Enter")
        if name == "確認する":
            expect(page.get_by_text("1行を受け入れられます")).to_be_visible(timeout=PATIENCE)
            settled(page)
    expect(page.get_by_text("1行を受け入れました")).to_be_visible(timeout=PATIENCE)


def tabbed_to(page: Page, wanted: Locator) -> None:
    """Presses Tab until the element has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError("the element cannot be reached with the Tab key")
