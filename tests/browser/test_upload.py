"""A clerk hands in files: what is fine counts at once, what shows a person is refused without being repeated."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.app_server import AppServer, running
from tests.browser.watch import PATIENCE, Watch, opened, settled
from tests.sample_database import SILENT, SampleDatabase


@pytest.fixture(scope="module")
def own_app(
    sample_database: SampleDatabase, boundaries: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[AppServer]:
    """An app of its own: what is loaded here must not show up in the others' figures."""
    copy = sample_database.copy_to(tmp_path_factory.mktemp("upload") / "build")
    with running(copy.path) as server:
        yield server


def hand_in(page: Page, file: Path) -> None:
    page.locator('input[type="file"]').set_input_files(str(file))
    expect(page.get_by_test_id("stFileChipName")).to_have_text(file.name, timeout=PATIENCE)
    page.get_by_role("button", name="確認する").click()
    expect(page.get_by_text("確認の結果（まだ受け入れていません）")).to_be_visible(timeout=PATIENCE)
    settled(page)


def take_in(page: Page, button: str = "受け入れる") -> None:
    page.get_by_role("button", name=button).click()


def test_a_good_file_is_accepted_and_stands_in_the_record(
    own_app: AppServer, sample_database: SampleDatabase, page: Page, watch: Watch, tmp_path: Path
) -> None:
    file = tmp_path / "R6.6_相互紹介記録_水琴町.csv"
    rows = [
        "紹介番号,団体コード,市区町村,把握日,紹介元部署,紹介先機関,利用勧奨,つなぎ日",
        f"R6-1,{SILENT['水琴町']},水琴町,令和6年6月3日,税務課,自立相談支援機関,有,令和6年6月10日",
        f"R6-2,{SILENT['水琴町']},水琴町,2024/6/24,福祉課,自立相談支援機関,無,",
    ]
    file.write_bytes("\r\n".join(rows).encode("cp932"))
    # First a page with figures: the app then holds the database open, as it does on any working day.
    opened(page, own_app.url)
    page.get_by_test_id("stSidebarNavLink").filter(has_text="受付").click()
    expect(page.locator("h1").first).to_contain_text("受付", timeout=PATIENCE)
    settled(page)
    hand_in(page, file)
    take_in(page)
    expect(page.get_by_text("2行を受け入れました")).to_be_visible(timeout=PATIENCE)
    settled(page)
    assert page.get_by_test_id("stException").count() == 0
    expect(
        page.get_by_text(f"これまでに{len(sample_database.receipts) + 1}件のファイルを受け取りました")
    ).to_be_visible()
    record = page.get_by_test_id("stDataFrame").filter(has_text="受付日時").first
    expect(record).to_contain_text(file.name)
    page.get_by_test_id("stSidebarNavLink").filter(has_text="概況").click()
    expect(page.locator("h1").first).to_contain_text("概況", timeout=PATIENCE)
    settled(page)
    expect(page.get_by_text("32市区町村は未提出です")).to_be_visible()
    assert watch.errors == []
    assert watch.foreign(own_app.url) == []


def test_a_file_with_names_is_refused_and_the_value_is_nowhere_on_the_page(
    own_app: AppServer, page: Page, tmp_path: Path
) -> None:
    file = tmp_path / "R6.6_相互紹介記録_雪綿村.csv"
    rows = ["紹介番号,氏名,団体コード,把握日", f"R6-1,山田 太郎兵衛,{SILENT['雪綿村']},2024/6/24"]
    file.write_bytes("\r\n".join(rows).encode("cp932"))
    opened(page, f"{own_app.url}/intake")
    hand_in(page, file)
    take_in(page, "結果を記録する")
    expect(page.get_by_text("差し戻し。何も保存していません")).to_be_visible(timeout=PATIENCE)
    settled(page)
    with page.expect_download(timeout=PATIENCE) as waiting:
        page.get_by_role("button", name="この一覧をCSVで保存").click()
    told = waiting.value.path().read_text(encoding="utf-8-sig")
    assert "氏名" in told
    for text in (told, page.content()):
        assert "山田" not in text
        assert "太郎兵衛" not in text
