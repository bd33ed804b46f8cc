"""Maps are drawn from the static outlines and say under the pointer what the table says."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests import recount
from tests.browser.app_server import AppServer
from tests.browser.map_picture import drawn_colours, said_over
from tests.browser.outlined import fills, words_of
from tests.browser.watch import opened
from tests.sample_database import SENDERS, SampleDatabase
from ui import theme

NOT_SENT = "993620"  # 水琴町


def test_the_prefecture_is_drawn_and_names_values_under_the_pointer(
    app: AppServer, page: Page, sample_database: SampleDatabase
) -> None:
    opened(page, f"{app.url}/indicator?indicator=handover_rate")
    assert len(fills(page) & set(theme.SCALE)) > 3
    assert "url(#not_sent)" in fills(page)
    rows = recount.within(sample_database.rows("core.referral"), recount.fiscal_year(2024))
    for name in ("夕凪原市", "青苑市"):
        share = recount.per_cent(recount.handed_over(row for row in rows if row["area_code"] == SENDERS[name]))
        said = words_of(page, SENDERS[name])
        assert said.startswith(f"{name}：")
        assert f"{share}％" in said
    assert words_of(page, NOT_SENT) == "水琴町：未提出"
    # For those who cannot see the colours: a legend with ranges, and a description.
    expect(page.get_by_text("一部の報告による値").first).to_be_visible()
    expect(page.get_by_label("つなぎの実施率の市区町村別の地図").first).to_be_attached()


def test_the_country_is_drawn_and_names_values_under_the_pointer(app: AppServer, page: Page) -> None:
    opened(page, f"{app.url}/national")
    assert len(drawn_colours(page, theme.SCALE, 4)) > 3
    said = said_over(page, "japan", "岡山県")
    assert said.split("\n")[0] == "岡山県"
    assert "34.1件" in said
    assert "6.9件" in said_over(page, "japan", "富山県")
