"""日常の連携: every answer of the page against the yearly answers as sent."""

from __future__ import annotations

from tests.pages.conftest import Opened
from tests.pages.page_text import cards, words
from tests.pages.tables import html_of, table_having
from tests.sample_database import SENDERS, SILENT, Row, SampleDatabase

FOUR = {
    "liaison_designated": "連絡調整担当",
    "information_sharing_count": "情報共有の機会（回）",
    "joint_training_count": "合同研修（回）",
    "leaflets_both": "リーフレット（双方）",
}
ITEMS = {**FOUR, "recommendation_procedure": "利用勧奨の手順"}


def answers(database: SampleDatabase, year: int) -> dict[str, Row]:
    return {row["area_code"]: row for row in database.rows("core.practice") if row["fiscal_year"] == year}


def text_of(item: str, row: Row) -> str:
    value = row[item]
    if value is None:
        return row.get(f"{item}_mark") or "…"
    return f"{value}回" if item.endswith("_count") else "有" if value else "無"


def change_of(item: str, now: Row, before: Row | None) -> str:
    if now[item] is None or before is None or before[item] is None:
        return ""
    if item.endswith("_count"):
        return "±0" if now[item] == before[item] else f"{now[item] - before[item]:+d}"
    return {(True, True): "継続", (True, False): "新たに実施", (False, True): "なくなった", (False, False): ""}[
        now[item], before[item]
    ]


def test_the_cards_count_the_municipalities_that_do_it_of_those_that_answered(
    internal: SampleDatabase, open_page: Opened
) -> None:
    known = [row["leaflets_both"] for row in answers(internal, 2024).values() if row["leaflets_both"] is not None]
    card = cards(open_page("practice"))["双方の窓口へのリーフレットの配架（年度）"]
    assert card.lines[-1].startswith(f"{sum(known)} ／ {len(known)}"), card
    assert card.value == f"{sum(known) / len(known) * 100:.1f}％"
    assert card.change.startswith("前年同期差 ")


def test_every_answer_and_its_change_equal_what_was_sent(internal: SampleDatabase, open_page: Opened) -> None:
    for year in (2023, 2024):
        table = table_having(open_page("practice", fy=str(year)), "4つの取組のうち実施").set_index("市区町村")
        now, before = answers(internal, year), answers(internal, year - 1)
        for name, code in SENDERS.items():
            for item, head in ITEMS.items():
                expected = text_of(item, now[code]) if code in now else "未提出"
                assert table.loc[name, head] == expected, (year, name, item)
                if code in now:
                    assert table.loc[name, f"{head}・前年度との比較"] == change_of(item, now[code], before.get(code))
        assert set(table.loc["水琴町", list(ITEMS.values())]) == {"未提出"}


def test_how_many_of_the_four_are_done_counts_only_what_was_answered(
    internal: SampleDatabase, open_page: Opened
) -> None:
    table = table_having(open_page("practice"), "4つの取組のうち実施").set_index("市区町村")
    for name, code in SENDERS.items():
        row = answers(internal, 2024).get(code)
        if row is None:
            continue
        known = [row[item] for item in FOUR if row[item] is not None]
        blank = len(FOUR) - len(known)
        assert table.loc[name, "4つの取組のうち実施"] == f"{sum(map(bool, known))}" + (
            f"（不明{blank}）" if blank else ""
        )


def test_the_first_year_of_an_unbroken_run_is_told(internal: SampleDatabase, open_page: Opened) -> None:
    table = table_having(open_page("practice"), "4つの取組のうち実施").set_index("市区町村")
    years = {year: answers(internal, year) for year in (2022, 2023, 2024)}
    for name, code in SENDERS.items():
        run = 2024
        if not (years[2024].get(code) or {}).get("leaflets_both"):
            assert table.loc[name, "リーフレット（双方）・最初の年度"] == ""
            continue
        while run > 2022 and (years[run - 1].get(code) or {}).get("leaflets_both"):
            run -= 1
        assert table.loc[name, "リーフレット（双方）・最初の年度"] == f"令和{run - 2018}年度"


def test_who_does_all_or_none_is_counted_and_named(internal: SampleDatabase, open_page: Opened) -> None:
    for year in (2022, 2024):
        rows = answers(internal, year)
        names = {row["area_code"]: row["name"] for row in internal.rows("core.area")}
        every = sum(all(row[item] for item in FOUR) for row in rows.values())
        none = [names[code] for code, row in rows.items() if all(row[i] is not None and not row[i] for i in FOUR)]
        shown = words(open_page("practice", fy=str(year)))
        assert f"41市区町村のうち{len(rows)}市区町村が報告し、4つの取組の全てを実施しているのは{every}市区町村" in shown
        assert (
            f"4つとも実施していないと報告したのは{len(none)}市区町村です" + (f"（{'、'.join(none)}）" if none else "")
            in shown
        )


def test_a_chosen_municipality_is_told_in_a_line_and_marked(internal: SampleDatabase, open_page: Opened) -> None:
    app = open_page("practice", area=SENDERS["夕凪原市"])
    assert "夕凪原市の令和6年度：連絡調整担当は" in words(app)
    assert "<tbody><tr class=c><th>夕凪原市" in html_of(app)
    assert "水琴町の令和6年度：連絡調整担当は未提出" in words(open_page("practice", area=SILENT["水琴町"]))


def test_the_days_of_the_law_stand_on_the_page(internal: SampleDatabase, open_page: Opened) -> None:
    shown = html_of(open_page("practice"))
    for day in ("令和6年4月1日", "令和6年6月24日", "令和7年4月1日"):
        assert day in shown


def test_shares_by_year_equal_a_recount(internal: SampleDatabase, open_page: Opened) -> None:
    table = table_having(open_page("practice"), "年度", "連絡調整担当").set_index("年度")
    for year in (2022, 2023, 2024):
        for item, head in (("liaison_designated", "連絡調整担当"), ("joint_training_count", "合同研修")):
            known = [row[item] for row in answers(internal, year).values() if row[item] is not None]
            yes = sum(map(bool, known))
            assert table.loc[f"令和{year - 2018}年度", head] == f"{yes}／{len(known)}（{yes / len(known) * 100:.1f}％）"
