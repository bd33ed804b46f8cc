"""Cases at the desk: entered, edited and marked by records that are only added, laid over what municipalities sent."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk import cases
from desk.case_sheet import CaseRefused
from desk.records import Desk, RecordNotFound


@pytest.fixture
def desk(tmp_path):
    return Desk(f"sqlite:///{tmp_path}/desk.sqlite")


def row(number="J-1", area="992011", **values):
    return {
        "area_code": area,
        "example_id": number,
        "case_title": "同日開催",
        "publication": "yes",
        "is_public": True,
    } | values


def only(desk, *rows):
    [found] = cases.merged(rows, desk)
    return found


def test_a_returned_case_is_a_draft_until_the_prefecture_marks_it(desk):
    case = only(desk, row())
    assert (case.key, case.origin, case.state, case.mark, case.title) == (
        "992011/J-1",
        "return",
        "draft",
        None,
        "同日開催",
    )
    cases.mark(desk, case, "shared", "県地域福祉課")
    case = only(desk, row())
    assert (case.state, case.mark.who, case.mark.state) == ("shared", "県地域福祉課", "shared")
    cases.mark(desk, case, "public", "県地域福祉課")
    assert only(desk, row()).state == "public"


@pytest.mark.parametrize("publication", ["no", "ask", None, float("nan")])
def test_what_a_municipality_does_not_allow_is_never_public(desk, publication):
    case = only(desk, row(publication=publication))
    with pytest.raises(CaseRefused, match="一般公開にできません"):
        cases.mark(desk, case, "public", "県")
    assert desk.records("case_state") == []
    cases.mark(desk, case, "shared", "県")
    assert only(desk, row(publication=publication)).state == "shared"


def test_a_public_case_is_held_back_once_the_municipality_takes_its_word_back(desk):
    cases.mark(desk, only(desk, row()), "public", "県")
    case = only(desk, row(publication="no"))
    assert (case.state, case.is_held_back, case.mark.state) == ("shared", True, "public")
    assert only(desk, row()).state == "public"


def test_an_edit_counts_until_the_municipality_sends_something_else(desk):
    case = only(desk, row(outcome="10件"))
    cases.edit(desk, case, {"outcome": "12件", "case_title": "同日開催"}, "県")
    case = only(desk, row(outcome="10件"))
    assert case.sheet["outcome"] == "12件" and case.base["outcome"] == "10件"
    assert [(one.field, one.was, one.now, one.who, one.is_stale) for one in case.edits] == [
        ("outcome", "10件", "12件", "県", False)
    ]
    case = only(desk, row(outcome="20件"))
    assert case.sheet["outcome"] == "20件" and [one.is_stale for one in case.edits] == [True]


def test_undoing_an_edit_leaves_the_later_one(desk):
    first = cases.edit(desk, only(desk, row(outcome="1")), {"outcome": "2"}, "県")
    second = cases.edit(desk, only(desk, row(outcome="1")), {"outcome": "3"}, "県")
    cases.undo(desk, "case_edit", first.id, "県")
    assert only(desk, row(outcome="1")).sheet["outcome"] == "3"
    cases.undo(desk, "case_edit", second.id, "県")
    assert only(desk, row(outcome="1")).sheet["outcome"] == "1"


def test_an_edit_that_changes_nothing_is_not_kept_and_a_field_can_be_emptied(desk):
    case = only(desk, row(source="資料"))
    assert cases.edit(desk, case, {"source": " 資料 ", "reason": ""}, "県") is None
    assert desk.records("case_edit") == []
    cases.edit(desk, case, {"source": ""}, "県")
    assert "source" not in only(desk, row(source="資料")).sheet


def test_a_case_entered_by_form_gets_a_number_that_is_never_given_twice(desk):
    first = cases.enter(desk, "992011", {"case_title": "甲"}, "市")
    cases.undo(desk, "case", first.id, "市")
    second = cases.enter(desk, "992011", {"case_title": "乙", "publication": "ask"}, "市")
    [case] = cases.merged([], desk)
    assert (case.origin, case.state, case.title, case.area_code) == ("desk", "draft", "乙", "992011")
    assert case.example_id == cases.example_id_of(second) != cases.example_id_of(first)


def test_a_case_entered_by_form_and_sent_later_is_the_municipalitys(desk):
    record = cases.enter(desk, "992011", {"case_title": "甲", "reason": "理由"}, "市")
    cases.mark(desk, only(desk), "shared", "県")
    case = only(desk, row(cases.example_id_of(record), case_title="甲（改）"))
    assert (case.origin, case.state, case.title) == ("return", "shared", "甲（改）") and "reason" not in case.sheet


@pytest.mark.parametrize(
    ("area", "values", "who"),
    [
        ("992011", {}, "市"),
        ("", {"case_title": "甲"}, "市"),
        ("99201", {"case_title": "甲"}, "市"),
        ("992011", {"case_title": "甲"}, " "),
    ],
)
def test_a_form_that_lacks_what_is_needed_is_refused_with_words(desk, area, values, who):
    with pytest.raises(CaseRefused) as refused:
        cases.enter(desk, area, values, who)
    assert len(refused.value.problems) == 1 and refused.value.problems[0].endswith("ください。")
    assert desk.records("case") == []


def test_an_edit_that_spoils_a_sheet_is_refused(desk):
    case = only(desk, row(started_date="2024-04-01", updated_date="2025-03-31"))
    for spoilt in ({"case_title": ""}, {"updated_date": "2024-03-31"}, {"reason": "=1"}):
        with pytest.raises(CaseRefused):
            cases.edit(desk, case, spoilt, "県")
    assert desk.records("case_edit") == []


def test_unknown_fields_states_and_kinds_are_our_own_mistakes(desk):
    case = only(desk, row())
    with pytest.raises(KeyError):
        cases.edit(desk, case, {"area_code": "992020"}, "県")
    with pytest.raises(KeyError):
        cases.mark(desk, case, "secret", "県")
    with pytest.raises(KeyError):
        cases.undo(desk, "alias", 1, "県")
    with pytest.raises(RecordNotFound):
        cases.undo(desk, "case_state", 1, "県")


def test_a_mark_can_be_taken_back_and_saying_it_twice_enters_nothing(desk):
    record = cases.mark(desk, only(desk, row()), "shared", "県")
    assert cases.mark(desk, only(desk, row()), "shared", "県") is None
    cases.undo(desk, "case_state", record.id, "県")
    assert only(desk, row()).state == "draft"


def test_the_history_of_a_case_is_every_record_about_it(desk):
    entered = cases.enter(desk, "992011", {"case_title": "甲"}, "市")
    case = only(desk)
    cases.edit(desk, case, {"reason": "理由"}, "県")
    cases.mark(desk, case, "shared", "県")
    cases.enter(desk, "992011", {"case_title": "乙"}, "市")
    cases.undo(desk, "case", entered.id, "市")
    assert [(one.kind, one.undoes) for one in cases.history(desk, case)] == [
        ("case", None), ("case_edit", None), ("case_state", None), ("case", entered.id),
    ]  # fmt: skip


def test_records_about_a_case_that_is_gone_wait_for_it(desk):
    cases.mark(desk, only(desk, row()), "shared", "県")
    assert cases.merged([], desk) == []
    assert only(desk, row()).state == "shared"


PUBLICATIONS = st.sampled_from(["yes", "no", "ask", None])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("send"), st.integers(0, 2), st.sampled_from(["一", "二"]), PUBLICATIONS),
        st.tuples(st.just("edit"), st.integers(0, 2), st.sampled_from(["甲", "乙", ""]), PUBLICATIONS),
        st.tuples(st.just("mark"), st.integers(0, 2), st.sampled_from(["draft", "shared", "public"])),
        st.tuples(st.just("undo"), st.integers(0, 20)),
    ),
    max_size=14,
)


@settings(deadline=None, max_examples=40)
@given(steps=STEPS)
def test_whatever_is_done_the_sheet_is_explained_by_its_base_and_its_edits(tmp_path_factory, steps):
    """A naive replay beside the product: the same sheets and states, and nothing public against the municipality's word."""
    desk = Desk(f"sqlite:///{tmp_path_factory.mktemp('desk')}/desk.sqlite")
    rows, entered = {}, []
    for step in steps:
        now = {case.key: case for case in cases.merged(rows.values(), desk)}
        if step[0] == "undo":
            if entered:
                number = step[1] % len(entered)
                kind, record, *_ = entered.pop(number)
                cases.undo(desk, kind, record.id, "県")
            continue
        key = f"992011/{step[1]}"
        if step[0] == "send":
            rows[key] = row(str(step[1]), source=step[2], publication=step[3])
        elif key in now and step[0] == "edit":
            values = {"source": step[2], "publication": step[3]}
            record = cases.edit(desk, now[key], values, "県")
            if record:
                entered.append(
                    (
                        "case_edit",
                        record,
                        key,
                        dict(rows[key]),
                        {name: values[name] or "" for name in record.value["changed"]},
                    )
                )
        elif key in now:
            try:
                record = cases.mark(desk, now[key], step[2], "県")
            except CaseRefused:
                assert step[2] == "public" and now[key].sheet.get("publication") != "yes"
                continue
            if record:
                entered.append(("case_state", record, key, None, step[2]))
    found = cases.merged(rows.values(), desk)
    assert [case.key for case in found] == sorted(rows)
    for case in found:
        expected = {name: rows[case.key][name] or "" for name in ("source", "publication")}
        for kind, _, key, base, said in entered:
            if kind == "case_edit" and key == case.key:
                expected |= {name: now for name, now in said.items() if (base[name] or "") == (rows[key][name] or "")}
        assert {name: case.sheet.get(name, "") for name in expected} == expected
        marks = [said for kind, _, key, _, said in entered if kind == "case_state" and key == case.key]
        last = marks[-1] if marks else "draft"
        allowed = expected["publication"] == "yes"
        assert case.state == ("shared" if last == "public" and not allowed else last)
        assert case.state != "public" or case.sheet["publication"] == "yes"
