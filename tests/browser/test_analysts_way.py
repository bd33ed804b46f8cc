"""The analyst's way: a gap, a municipality, a case for it, shared within the prefecture, its adoption on record."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from desk import adoptions, cases
from desk.records import Desk, desk_url
from tests.browser.app_server import AppServer, running
from tests.browser.watch import PATIENCE, Watch, opened, settled
from tests.sample_database import SENDERS, SampleDatabase

TOWN = "青苑市"
CASE, CASE_TOWN, NUMBER = "その場で予約まで取る利用勧奨", "小鳩町", "K-01"


@pytest.fixture
def own_copy(
    sample_database: SampleDatabase, boundaries: None, tmp_path_factory: pytest.TempPathFactory
) -> SampleDatabase:
    return sample_database.copy_to(tmp_path_factory.mktemp("analyst") / "build")


@pytest.fixture
def own_app(own_copy: SampleDatabase) -> Iterator[AppServer]:
    """An app of its own: what is recorded here must not show up in the others' figures."""
    with running(own_copy.path) as server:
        yield server


def page_named(page: Page, name: str) -> None:
    """Goes to another page by the menu, as a reader does: what was chosen stays chosen."""
    page.get_by_test_id("stSidebarNavLink").filter(has_text=name).click()
    expect(page.locator("h1").first).to_contain_text(name, timeout=PATIENCE)
    settled(page)


def test_from_a_gap_to_a_case_that_is_shared_and_taken_up(
    own_app: AppServer, own_copy: SampleDatabase, page: Page, watch: Watch
) -> None:
    opened(page, f"{own_app.url}/gap?indicator=recommendation_rate&area={SENDERS[TOWN]}")
    page_named(page, "市町村")
    expect(page.locator("h1").first).to_contain_text(TOWN)
    page_named(page, "事例")
    page.get_by_label("言葉で探す").fill("予約を その場で")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1件が当てはまります")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name=CASE).click()
    expect(page.locator("h1").first).to_contain_text(CASE, timeout=PATIENCE)
    settled(page)
    assert f"case={SENDERS[CASE_TOWN]}-{NUMBER}" in page.url
    boxes = page.locator(".cs .two .box")
    expect(boxes.locator("h4")).to_have_text(["取り組んで良かったこと", "苦労したこと"])
    went_well, was_hard = (boxes.nth(place).bounding_box() for place in (0, 1))
    assert went_well and was_hard
    for measure in ("y", "width", "height"):
        assert abs(went_well[measure] - was_hard[measure]) < 1

    page.get_by_role("button", name="県内で共有する").click()
    expect(page.get_by_text("状態を「県内共有」にしました")).to_be_visible(timeout=PATIENCE)
    settled(page)
    page.get_by_text("取り入れた", exact=True).click()
    page.get_by_role("button", name="記録する").click()  # the municipality chosen on the first page stands there
    expect(page.get_by_text(f"{TOWN}が", exact=False).filter(has_text="「取り入れた」と記録しました")).to_be_visible(
        timeout=PATIENCE
    )
    settled(page)
    desk = Desk(desk_url(own_copy.place))
    assert [record.value for record in desk.records(cases.STATE)] == [{"state": "shared"}]
    (adoption,) = adoptions.adoptions(desk)
    assert (adoption.area_code, adoption.example_area_code, adoption.example_id, adoption.stage) == (
        *(SENDERS[TOWN], SENDERS[CASE_TOWN], NUMBER),
        "adopted",
    )

    page.get_by_role("button", name="一覧に戻る").click()
    expect(page.get_by_label("言葉で探す")).to_have_value("予約を その場で", timeout=PATIENCE)
    settled(page)
    assert "case=" not in page.url
    page.go_back()
    expect(page.locator("h1").first).to_contain_text(CASE, timeout=PATIENCE)
    assert page.get_by_test_id("stException").count() == 0
    assert watch.errors == []
    assert watch.foreign(own_app.url) == []
    assert own_app.outside == []


def test_a_case_opened_from_the_end_of_the_list_begins_at_its_title(app: AppServer, page: Page) -> None:
    opened(page, f"{app.url}/cases")
    title = page.locator('[class*="st-key-read-"] button p').last
    said = title.inner_text()
    title.click()
    expect(page.locator("h1").first).to_contain_text(said, timeout=PATIENCE)
    page.wait_for_function("document.querySelector('[data-testid=stMain]').scrollTop === 0", timeout=PATIENCE)
