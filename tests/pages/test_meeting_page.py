"""会議体: matrices, network, trend and calculator against recounts of single seats and meetings."""

from __future__ import annotations

from collections import Counter

import pytest

from tests import recount
from tests.pages.conftest import Opened
from tests.pages.page_text import figures, words
from tests.pages.tables import html_of, table_having
from tests.sample_database import SENDERS, SILENT, Row, SampleDatabase

LAST_YEAR = recount.fiscal_year(2024)
BODIES = {"platform": "官民連携プラットフォーム", "council": "地域協議会", "support_meeting": "支援会議"}
SIDES = {"support": "困窮側", "connection": "孤独・孤立側"}
THERE = ("present", "proxy")


def seats_by_meeting(database: SampleDatabase, code: str, body: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for seat in recount.within(database.rows("core.attendance"), LAST_YEAR, code):
        if seat["body"] == body:
            found.setdefault(seat["meeting_id"], []).append(seat)
    return found


def test_the_matrix_of_bodies_equals_a_recount(internal: SampleDatabase, open_page: Opened) -> None:
    table = table_having(open_page("meeting"), "支援会議・設置").set_index("市区町村")
    states = recount.states(internal.rows("core.coverage"), "meeting", LAST_YEAR)
    seen = 0
    for name, code in SENDERS.items():
        for body, word in BODIES.items():
            meetings = seats_by_meeting(internal, code, body)
            known = [m for m in meetings.values() if any(s["side"] is not None and s["attendance"] is not None for s in m)]
            for side, side_word in SIDES.items():
                shown = table.loc[name, f"{word}・{side_word}の出席"]
                if not known:
                    continue
                joined = sum(any(s["side"] in (side, "both") and s["attendance"] in THERE for s in m) for m in known)
                is_whole = states[code] <= {"received", "zero"} and len(known) == len(meetings)
                assert shown == f"{joined}/{len(known)}回" + ("" if is_whole else "（一部）"), (name, body, side)
                seen += 1
    assert seen > 10


def test_what_is_established_is_told_as_it_was_answered(internal: SampleDatabase, open_page: Opened) -> None:
    table = table_having(open_page("meeting"), "支援会議・設置").set_index("市区町村")
    answers = {row["area_code"]: row for row in internal.rows("core.practice") if row["fiscal_year"] == 2024}
    for name, code in SENDERS.items():
        for body, word in BODIES.items():
            shown, answer = table.loc[name, f"{word}・設置"], answers.get(code)
            if answer is None:
                assert shown == "未提出"
                continue
            expected = {True: "有", False: "無", None: "…"}[answer[f"{body}_established"]]
            assert shown.split(" ")[0] == expected
            assert (" R" in shown) == (expected == "有" and answer[f"{body}_established_date"] is not None)
    assert table.loc["水琴町", "支援会議・設置"] == "未提出"


def test_the_duty_of_support_meetings_is_not_told_of_years_before_it(
    internal: SampleDatabase, open_page: Opened
) -> None:
    shown = words(open_page("meeting"))
    assert "努力義務（令和7年4月1日から）より前です" in shown
    assert "福祉事務所設置自治体だけのものです" in shown
    assert "令和7年4月1日</b> 支援会議の設置が努力義務に（福祉事務所設置自治体）（表示期間より後）" in html_of(open_page("meeting"))


def test_the_four_activities_equal_a_recount(internal: SampleDatabase, open_page: Opened) -> None:
    table = table_having(open_page("meeting"), "行われた活動").set_index("市区町村")
    meetings = recount.within(internal.rows("core.meeting"), LAST_YEAR)
    counted = Counter((m["area_code"], m["activity"]) for m in meetings if m["body"] == "platform")
    heads = {"survey": "実態把握・取組方針", "sharing": "情報共有・相互啓発・社会資源開発", "outreach": "住民への発信・普及啓発",
             "training": "人材確保・研修"}  # fmt: skip
    for name, code in SENDERS.items():
        shown = table.loc[name]
        if set(shown) <= {"-"} or set(shown) == {"未提出"}:
            assert not any(counted[code, activity] for activity in heads)
            continue
        for activity, head in heads.items():
            assert int(shown[head].removesuffix("（一部）")) == counted[code, activity]
        done = sum(counted[code, activity] > 0 for activity in heads)
        assert shown["行われた活動"].removesuffix("（一部）") == f"{done}/4"


def test_attendance_by_quarter_equals_a_recount(internal: SampleDatabase, open_page: Opened) -> None:
    table = table_having(open_page("meeting", body="support_meeting"), "四半期").set_index("四半期")
    quarter = ["2024-04", "2024-05", "2024-06"]
    seats = [s for s in recount.within(internal.rows("core.attendance"), quarter) if s["body"] == "support_meeting"]
    for side, word in SIDES.items():
        own = [s["attendance"] for s in seats if s["side"] == side and s["attendance"] is not None]
        came = sum(answer in THERE for answer in own)
        assert table.loc["R6.4-6", f"{word}：出席／席"] == f"{came}／{len(own)}"


def test_the_network_names_kinds_for_the_prefecture_and_organisations_for_one_municipality(
    internal: SampleDatabase, open_page: Opened
) -> None:
    kinds = table_having(open_page("meeting"), "機関の区分")
    rows = recount.within(internal.rows("core.attendance"), LAST_YEAR)
    assert set(kinds["機関の区分"]) == {row["category"] for row in rows}
    area = SENDERS["夕凪原市"]
    own = table_having(open_page("meeting", area=area), "参加機関")
    counted = Counter((row["body"], row["organisation"]) for row in rows if row["area_code"] == area)
    shown = {(line["会議体"], line["参加機関"]): int(line["名簿にある会議"]) for _, line in own.iterrows()}
    assert {key: shown[key] for key in shown if key[0] in BODIES.values()} == {
        (BODIES[body], name): count for (body, name), count in counted.items() if body in BODIES
    }


def test_forms_of_holding_equal_a_recount(internal: SampleDatabase, open_page: Opened) -> None:
    meetings = recount.within(internal.rows("core.meeting"), LAST_YEAR)
    forms = Counter(m["form"] for m in meetings if m["body"] in ("council", "support_meeting"))
    assert (
        f"単独 {forms['single']}回、機能追加 {forms['added']}回、同日分割 {forms['same_day']}回、一体開催 {forms['joint']}回"
    ) in words(open_page("meeting"))


def test_the_calculator_begins_with_what_the_returns_say(internal: SampleDatabase, open_page: Opened) -> None:
    app = open_page("meeting")
    meetings = recount.within(internal.rows("core.meeting"), LAST_YEAR)
    alone = Counter((m["area_code"], m["body"]) for m in meetings if m["form"] == "single")
    pairs = sum(min(alone[code, "council"], alone[code, "support_meeting"]) for code in SENDERS.values())
    both = [m for m in meetings if m["body"] in ("council", "support_meeting")]
    shared = sum(m["shared_case_count"] or 0 for m in both) / len(both)
    assert app.number_input(key="hours-joinable").value == pairs
    assert app.number_input(key="hours-shared").value == round(shared, 1)
    shown = words(app)
    assert "置いた前提だけから計算した試算" in shown
    assert "取組の効果を測ったものではありません" in shown.replace("\n", "")


def test_typed_assumptions_change_the_hours_go_into_the_link_and_can_be_reset(
    internal: SampleDatabase, open_page: Opened
) -> None:
    app = open_page("meeting")
    first = figures(app)
    for key, value in (("joinable", 6), ("organisations", 4), ("people", 2), ("travel", 40), ("preparation", 120)):
        app.number_input(key=f"hours-{key}").set_value(value).run()
    app.number_input(key="hours-shared").set_value(1.5).run()
    app.number_input(key="hours-case_minutes").set_value(20).run()
    # By hand: 48 attendances × 40 min = 32 h; 6 × 120 min = 12 h; 48 × 1.5 × 20 min = 24 h.
    assert (figures(app)["同日に続けて開く場合"], figures(app)["一体で開く場合"]) == ("32.0時間", "68.0時間")
    assert app.query_params["shared"] == "1.5"
    assert "6組 × 4機関 × 2人 × 40分 ÷ 60 ＝ 32.0 時間" in words(app)
    again = open_page("meeting", **app.query_params)
    assert figures(again)["一体で開く場合"] == "68.0時間"
    again.button(key="hours-reset").click().run()
    assert figures(again) == first
    assert "shared" not in again.query_params


@pytest.mark.parametrize("stated", ["-5", "x", "1e9", "nan"])
def test_what_a_link_must_not_assume_is_ignored(internal: SampleDatabase, open_page: Opened, stated: str) -> None:
    assert figures(open_page("meeting", travel=stated)) == figures(open_page("meeting"))


def test_assumptions_follow_the_period_where_nothing_was_typed(internal: SampleDatabase, open_page: Opened) -> None:
    app = open_page("meeting")
    app.selectbox(key="area").set_value(SILENT["水琴町"]).run()
    assert app.number_input(key="hours-joinable").value == 0
    assert figures(app)["一体で開く場合"] == "0.0時間"


def test_a_municipality_without_a_return_gets_words_instead_of_charts(
    internal: SampleDatabase, open_page: Opened
) -> None:
    shown = words(open_page("meeting", area=SILENT["水琴町"]))
    assert "水琴町の会議開催・出席記録は、未提出です" in shown
    assert "推移を示せません。" in shown
    assert "参加機関を示せません。" in shown
    assert "開催方法を示せません。" in shown
