"""Consultations, practices and case studies from a file to the core tables, and what a corrected file replaces."""

import pytest

HEAD = "市区町村,年月,側,新規相談,うち相手側の課題あり,うちアウトリーチ,プラン作成\n"
APRIL = "福島市,R6.4,孤独・孤立,12,5,x,-\n福島市,R6.4,困窮,38,9,…,14\n"


def test_counts_and_marks_reach_the_core(load, query):
    load({"月次.csv": (HEAD + APRIL + "福島市,R7.1,困窮,0,,0,0\n").encode()})
    rows = query("select * from core.consultation order by period, side")
    assert rows == [
        ("072010", "2024-04", 2024, "connection", 12, None, 5, None, None, "suppressed", None, "none"),
        ("072010", "2024-04", 2024, "support", 38, None, 9, None, None, "unknown", 14, None),
        ("072010", "2025-01", 2024, "support", 0, None, None, None, 0, None, 0, None),
    ]
    coverage = query("select area_code, period, state, row_count from core.coverage where return_id = 'consultation'")
    assert sorted(coverage) == [("072010", "2024-04", "received", 2), ("072010", "2025-01", "received", 1)]


def test_a_corrected_month_replaces_that_month_only(load, query):
    load({"4月.csv": (HEAD + APRIL).encode(), "5月.csv": (HEAD + "福島市,R6.5,困窮,7,1,1,1\n").encode()})
    [again] = load({"4月.csv": (HEAD + "福島市,R6.4,困窮,39,9,1,14\n").encode()})
    assert [problem["rule"] for problem in again.problems][-1:] == ["duplicate_in_database"]
    assert "「2024-04・困窮」は、以前のファイルで受け入れ済みです" in again.problems[-1]["message"]
    [corrected] = load({"4月訂正.csv": (HEAD + "福島市,R6.4,困窮,40,9,1,14\n").encode()}, replace=True)
    assert (corrected.outcome, corrected.rows_replaced) == ("accepted", 2)
    found = query("select period, side, new_consultations from core.consultation order by period")
    assert found == [("2024-04", "support", 40), ("2024-05", "support", 7)]


def test_practices_reach_the_core_with_a_day_as_an_answer(load, query):
    head = "市区町村,年度,PF設置,PF設置日,PF相手側の参画,協議会設置,支援会議設置,連絡調整担当,合同研修(回)\n"
    rows = "福島市,令和6年度,R5.10.2,,有,無,,済,…\n会津若松市,R6,,R5.4.1,,,,,3\n"
    load({"年次.csv": (head + rows).encode()})
    found = query(
        "select area_code, fiscal_year, platform_established, platform_established_date::text, platform_other_side,"
        " council_established, support_meeting_established, liaison_designated, joint_training_count,"
        " joint_training_count_mark from core.practice order by area_code"
    )
    assert found == [
        ("072010", 2024, True, "2023-10-02", True, False, None, True, None, "unknown"),
        ("072028", 2024, True, "2023-04-01", None, None, None, None, 3, None),
    ]


def test_a_corrected_year_replaces_that_year_only(load, query):
    text = "市区町村,年度,PF設置,連絡調整担当\n福島市,R5,無,無\n福島市,R6,無,無\n"
    load({"年次.csv": text.encode()})
    [again] = load({"再.csv": "市区町村,年度,PF設置\n福島市,R6,有\n".encode()})
    assert again.outcome == "refused"
    [corrected] = load({"訂正.csv": "市区町村,年度,PF設置,連絡調整担当\n福島市,R6,有,有\n".encode()}, replace=True)
    assert (corrected.outcome, corrected.rows_replaced) == ("accepted", 1)
    found = query("select fiscal_year, platform_established from core.practice order by fiscal_year")
    assert found == [(2023, False), (2024, True)]
    months = query("select count(*), sum(row_count) from core.coverage where return_id = 'practice'")
    assert months == [(24, 24)]


CASES = "市区町村,事例番号,事例名,問合せ先,公開可否\n"


def test_cases_reach_the_core_and_only_a_yes_makes_them_public(load, query):
    rows = "福島市,J-1,居場所づくり,地域福祉課 024-525-1111,可\n福島市,J-2,同行支援,,\n福島市,J-3,合同研修,,要確認\n"
    load({"事例.csv": (CASES + rows).encode()})
    found = query("select example_id, case_title, contact, publication, is_public from core.example order by 1")
    assert found == [
        ("J-1", "居場所づくり", "地域福祉課 024-525-1111", "yes", True),
        ("J-2", "同行支援", None, None, False),
        ("J-3", "合同研修", None, "ask", False),
    ]
    assert query("select count(*) from core.coverage") == [(0,)]


def test_the_prefecture_is_known_from_a_file_without_months(load, query):
    load({"事例.csv": (CASES + "福島市,J-1,居場所づくり,,可\n").encode()})
    assert query("select value from raw.setting where name = 'prefecture'") == [("07",)]


def test_a_corrected_case_replaces_itself_and_no_other(load, query):
    load({"事例.csv": (CASES + "福島市,J-1,居場所,,可\n福島市,J-2,同行支援,,否\n").encode()})
    [again] = load({"再.csv": (CASES + "福島市,J-1,居場所づくり,,可\n").encode()})
    assert again.outcome == "refused"
    [corrected] = load({"訂正.csv": (CASES + "福島市,J-1,居場所づくり・改,,可\n").encode()}, replace=True)
    assert (corrected.outcome, corrected.rows_replaced) == ("accepted", 1)
    assert query("select example_id, case_title from core.example order by 1") == [
        ("J-1", "居場所づくり・改"), ("J-2", "同行支援"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("contact", "refused"),
    [
        ("地域福祉課 024-525-1111", False),
        ("地域福祉課\u3000fukushi@city.example.jp", False),
        ("社会福祉協議会 0245251111", False),
        ("地域福祉課 山田様", True),
        ("氏名：山田太郎 024-525-1111", True),
    ],
)
def test_an_office_may_be_reached_and_no_person_named(check, contact, refused):
    checked = check(f"{CASES}福島市,J-1,居場所,{contact},可\n".encode())
    assert [problem.rule for problem in checked.problems if problem.level == "file"] == ["personal_value"] * refused


@pytest.mark.parametrize("field", ["きっかけ", "苦労したこと", "成果"])
def test_prose_with_a_person_in_it_is_refused(check, field):
    text = f"市区町村,事例名,{field}\n福島市,居場所,相談者の山田太郎様（090-1234-5678）から\n"
    assert check(text.encode()).refused
    assert not check(
        f"市区町村,事例名,{field}\n福島市,居場所,民生委員さんや利用者の皆様の声から始めた\n".encode()
    ).refused
