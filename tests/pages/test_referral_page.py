"""相互紹介: every table of the page against a recount of the single referrals it was made from."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from tests import recount
from tests.pages.conftest import Opened
from tests.pages.page_text import choices, words
from tests.pages.tables import html_of, table_having
from tests.sample_database import SENDERS, SILENT, Row, SampleDatabase

LAST_YEAR = recount.fiscal_year(2024)
NAMED = ("福祉", "就労", "教育", "税務", "住宅")
TO_SUPPORT = "connection_to_support"
RESULTS = {
    "ongoing": "支援中", "closed": "終結", "passed_on": "他機関へ紹介", "declined": "辞退", "not_connected": "つながらず",
    "out_of_scope": "対象外", "no_capacity": "受入不可(余力なし)", "undecided": "未定", None: "未記入",
}  # fmt: skip


def referrals(database: SampleDatabase, area: str | None = None, direction: str | None = None) -> list[Row]:
    rows = recount.within(database.rows("core.referral"), LAST_YEAR, area)
    return [row for row in rows if direction in (None, row["direction"])]


@pytest.mark.parametrize("query", [{}, {"area": "992011"}, {"direction": TO_SUPPORT}])
def test_flows_equal_a_recount(internal: SampleDatabase, open_page: Opened, query: dict[str, str]) -> None:
    table = table_having(open_page("referral", **query), "区間")
    rows = referrals(internal, query.get("area"), query.get("direction"))
    expected = Counter(("紹介元→紹介先", row["from_department"], row["to_agency"]) for row in rows)
    expected += Counter(("紹介先→結果", row["to_agency"], RESULTS[row["result"]]) for row in rows)
    assert {tuple(row[:3]): int(row[3].replace(",", "")) for row in table.itertuples(index=False)} == expected


@pytest.mark.parametrize("direction", [TO_SUPPORT, "support_to_connection"])
def test_stages_equal_a_recount_and_blanks_are_no_no(
    internal: SampleDatabase, open_page: Opened, direction: str
) -> None:
    table = table_having(open_page("referral", direction=direction), "段階").set_index("段階")
    rows = referrals(internal, direction=direction)
    shown = {step: (line["件数"], line["分母"]) for step, line in table.iterrows()}
    said = [row["consent"] for row in rows if row["consent"] is not None]
    expected = {
        "本人同意": (said.count("given"), len(said)),
        "つなぎ": (sum(row["handover_date"] is not None for row in rows), len(rows)),
        "初回相談": (sum(row["contact_date"] is not None for row in rows), len(rows)),
        "プラン作成": (sum(row["plan_date"] is not None for row in rows), len(rows)),
    }
    assert {step: shown[step] for step in expected} == {
        step: (f"{yes:,}", f"{of:,}") for step, (yes, of) in expected.items()
    }
    assert table.loc["本人同意", "未記入"] == f"{len(rows) - len(said):,}"
    assert len(said) < len(rows)  # else the test would not see a blank taken for a no


def test_recommendation_does_not_apply_to_what_the_support_agency_refers(
    internal: SampleDatabase, open_page: Opened
) -> None:
    table = table_having(open_page("referral"), "段階").set_index(["方向", "段階"])
    assert set(table.loc[("自立相談支援機関からの紹介", "利用勧奨")][["件数", "分母", "割合（％）", "未記入"]]) == {"-"}
    yes, of = recount.recommended(referrals(internal, direction=TO_SUPPORT))
    shown = table.loc[("自立相談支援機関への紹介", "利用勧奨")]
    assert (shown["件数"], shown["分母"]) == (f"{yes:,}", f"{of:,}")
    assert shown["割合（％）"] == f"{yes / of * 100:.1f}"


def test_each_direction_has_its_median_of_days(internal: SampleDatabase, open_page: Opened) -> None:
    ends = {row["area_code"]: row["data_end"] for row in internal.rows("core.area")}
    shown = words(open_page("referral"))
    for direction, name in ((TO_SUPPORT, "自立相談支援機関への紹介"), ("support_to_connection", "自立相談支援機関からの紹介")):
        rows = referrals(internal, direction=direction)
        handed = sum(row["handover_date"] is not None for row in rows)
        median = recount.median_days(rows, ends)
        assert f"{name}（つなぎ{handed:,}件）：中央値は{median}日" in shown


def test_consent_is_told_in_four_states(internal: SampleDatabase, open_page: Opened) -> None:
    states = Counter(row["consent"] for row in referrals(internal))
    shown = words(open_page("referral"))
    assert (
        f"同意あり {states['given']:,}件、同意なし {states['refused']:,}件、未確認 {states['unasked']:,}件、"
        f"未記入 {states[None]:,}件"
    ) in shown
    assert "紹介しなかったことを意味しません" in shown


def test_the_matrix_of_departments_equals_a_recount(internal: SampleDatabase, open_page: Opened) -> None:
    table = table_having(open_page("referral"), "市区町村", "計").set_index("市区町村")
    counted = Counter((row["area_code"], row["from_department"]) for row in referrals(internal))
    states = recount.states(internal.rows("core.coverage"), "referral", LAST_YEAR)
    assert list(table.columns[1:6]) == list(NAMED)
    for name, code in SENDERS.items():
        mark = "" if states[code] <= {"received", "zero"} else "（一部）"
        for department in table.columns[1:]:
            assert table.loc[name, department] == f"{counted[code, department]:,}{mark}", (name, department)
    assert any(table.loc[name, "就労"].startswith("0") for name in SENDERS)
    assert set(table.loc["水琴町"]) == {"未提出"}


def test_a_zero_and_a_missing_return_look_different_in_the_matrix(internal: SampleDatabase, open_page: Opened) -> None:
    matrix = html_of(open_page("referral"))
    assert "<td class='n'>未提出" in matrix
    assert re.search(r"<td class='s0'>0<", matrix)


def test_departments_that_never_refer_are_listed_for_those_the_duty_binds(
    internal: SampleDatabase, open_page: Opened
) -> None:
    table = table_having(open_page("referral"), "紹介のない部局").set_index("市区町村")
    places = {row["area_code"]: row for row in internal.rows("core.area")}
    answers = {row["area_code"]: row["has_welfare_office"] for row in internal.rows("core.practice")}
    bound = [
        row["name"]
        for code, row in places.items()
        if (answers.get(code) if row["has_welfare_office"] is None else row["has_welfare_office"])
    ]
    assert set(table.index) == set(bound)
    for name, code in SENDERS.items():
        if name not in table.index:
            continue
        came = {row["from_department"] for row in referrals(internal, code, TO_SUPPORT)}
        missing = [department for department in NAMED if department not in came]
        expected = "・".join(missing) or "5分野の全てから紹介あり"
        assert table.loc[name, "紹介のない部局"] == expected
    shown = words(open_page("referral"))
    assert "福祉事務所設置自治体の福祉・就労・教育・税務・住宅" in shown


def test_a_municipality_without_a_return_gets_words_instead_of_charts(
    internal: SampleDatabase, open_page: Opened
) -> None:
    shown = words(open_page("referral", area=SILENT["水琴町"]))
    assert "水琴町の相互紹介記録は、未提出です" in shown
    assert "紹介がありません。" in shown
    assert "段階を示せません。" in shown
    assert "曲線を描けません。" in shown


def test_a_link_sets_municipality_and_direction(internal: SampleDatabase, open_page: Opened) -> None:
    app = open_page("referral", fy="2023", area="992054", direction="support_to_connection")
    assert choices(app) == {"fy": 2023, "month": 0, "area": "992054", "direction": "support_to_connection"}
    assert "風待市" in words(app)
    app.selectbox(key="direction").set_value("").run()
    assert "direction" not in app.query_params


def test_the_chosen_municipality_stands_first_and_marked_in_the_matrix(
    internal: SampleDatabase, open_page: Opened
) -> None:
    matrix = html_of(open_page("referral", area=SENDERS["風花村"]))
    assert "<tbody><tr class=c><th>風花村" in matrix
