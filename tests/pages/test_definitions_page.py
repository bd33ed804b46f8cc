"""定義: everything an indicator's declaration says, in the order of the notice; no item is left without a place."""

from __future__ import annotations

import ast
import re

import pytest

from metrics.catalog import NOTICE_ITEMS, load_catalog
from tests.pages.conftest import Opened
from tests.pages.page_text import table_with, words
from tests.sample_database import ROOT, SampleDatabase
from ui import notice
from ui.internal import definitions


def registered() -> set[str]:
    """The url paths of the internal pages, read from app.py, which runs when it is imported."""
    tree = ast.parse((ROOT / "app.py").read_text(encoding="utf-8"))
    named = next(
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        and node.targets[0].id == "INTERNAL_PAGES"
    )  # fmt: skip
    return {url for _, _, url, _ in ast.literal_eval(named)}


@pytest.mark.parametrize("item", NOTICE_ITEMS)
def test_every_item_of_the_notice_has_an_indicator_and_a_registered_page(item: str) -> None:
    assert definitions.of_item(item)
    assert set(notice.ITEMS[item].pages) & registered()
    assert set(notice.ITEMS[item].pages) <= registered()


def test_the_items_are_those_of_the_catalog_in_their_order() -> None:
    assert tuple(notice.ITEMS) == NOTICE_ITEMS


def test_the_page_shows_every_indicator_with_all_that_is_declared(internal: SampleDatabase, open_page: Opened) -> None:
    app = open_page("definitions")
    text = "".join(one.proto.body for one in app.get("html"))
    for one in load_catalog().values():
        assert text.count(f"<summary>{one.title}</summary>") == len(one.notice), one.id
        for part in (one.numerator, one.denominator, one.note, one.source, one.unit):
            assert part in text, (one.id, part)
        assert f'href="indicator?indicator={one.id}"' in text


def test_the_page_names_the_days_of_the_law(internal: SampleDatabase, open_page: Opened) -> None:
    shown = words(open_page("definitions"))
    for day in ("令和6年4月1日", "令和6年6月24日", "令和7年4月1日"):
        assert day in shown
    assert [one.partition("　")[0] for one in re.findall(r"^N\d+　.*$", shown, re.MULTILINE)] == list(notice.ITEMS)


def test_the_file_of_definitions_has_one_row_for_each_indicator(internal: SampleDatabase, open_page: Opened) -> None:
    table = table_with(open_page("definitions"), "指標")
    assert sorted(table["識別名"]) == sorted(load_catalog())
    row = table.set_index("識別名").loc["handover_rate"]
    entry = load_catalog()["handover_rate"]
    assert (row["指標"], row["分子"], row["分母"], row["注意"]) == (
        entry.title, entry.numerator, entry.denominator, entry.note,
    )  # fmt: skip


def test_the_link_of_a_definition_opens_that_indicator(internal: SampleDatabase, open_page: Opened) -> None:
    text = "".join(one.proto.body for one in open_page("definitions").get("html"))
    for one in re.findall(r'href="indicator\?indicator=(\w+)"', text)[:3]:
        assert open_page("indicator", indicator=one).title[0].value == f"指標：{load_catalog()[one].title}"
