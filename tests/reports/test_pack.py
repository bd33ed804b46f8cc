"""What a pack says: every section, the figures of the cube, the five states, what moved since the last meeting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desk import meetings
from desk.records import Desk
from metrics.answers import Answers
from reports.content import Chart, KeyNumbers, Map, Pack, Section, Sentences, Table
from reports.pack import Options, UnknownChoice, make_pack, titles
from tests import recount
from tests.reports.conftest import CITY, MONTHS
from tests.sample_database import SILENT, SampleDatabase
from ui import labels

BLOCKS = (Sentences, KeyNumbers, Table, Chart, Map)


def section(pack: Pack, wanted: str) -> Section:
    return next(one for one in pack.sections if one.id == wanted)


def table(part: Section, title: str = "") -> Table:
    return next(one for one in part.blocks if isinstance(one, Table) and title in one.title)


def column(found: Table, head: str) -> dict[str, str]:
    """Texts of a column by the name of the municipality."""
    names, place = found.heads.index("市区町村"), found.heads.index(head)
    return {row[names].text: row[place].text for row in found.rows}


@pytest.mark.parametrize("is_prefecture", [True, False])
def test_every_section_is_there_and_either_shows_something_or_says_why_not(
    pack_of_prefecture: Pack, pack_of_municipality: Pack, is_prefecture: bool
) -> None:
    pack = pack_of_prefecture if is_prefecture else pack_of_municipality
    assert [one.id for one in pack.sections] == list(titles(is_prefecture=is_prefecture))
    for one in pack.sections:
        assert one.blocks or one.empty, one.id
        assert all(isinstance(block, BLOCKS) for block in one.blocks)


def test_rows_are_as_long_as_their_heads_and_series_as_their_categories(
    pack_of_prefecture: Pack, pack_of_municipality: Pack
) -> None:
    for pack in (pack_of_prefecture, pack_of_municipality):
        for part in (*pack.sections, *pack.indicators):
            for block in part.blocks:
                if isinstance(block, Table):
                    assert {len(row) for row in block.rows} <= {len(block.heads)}, block.title
                    assert not block.groups or sum(count for _, count in block.groups) == len(block.heads)
                if isinstance(block, Chart):
                    lengths = {len(one.values) for one in block.series} | {len(block.low or block.categories)}
                    assert lengths == {len(block.categories)}, block.title


def test_key_figures_equal_a_recount_of_the_rows(pack_of_prefecture: Pack, sample_database: SampleDatabase) -> None:
    (numbers,) = [one for one in section(pack_of_prefecture, "key").blocks if isinstance(one, KeyNumbers)]
    shown = {one.title: one for one in numbers.items}
    rows = recount.within(sample_database.rows("core.referral"), MONTHS)
    yes, of = recount.handed_over(rows)
    assert shown["つなぎの実施率"].value == f"{recount.per_cent((yes, of))}％"
    assert shown["つなぎの実施率"].counts.removesuffix("（一部）") == f"{yes:,} ／ {of:,}件"


def test_who_sent_nothing_is_marked_in_every_table_and_never_zero(pack_of_prefecture: Pack) -> None:
    rate = next(one for one in pack_of_prefecture.indicators if one.id == "handover_rate")
    for head in ("値（％）", "分子", "分母"):
        shown = column(table(rate), head)
        assert {shown[name] for name in SILENT} == {labels.NOT_SENT}, head
    place = table(rate).heads.index("値（％）")
    numbers = {row[1].text: row[place].number for row in table(rate).rows}
    assert {numbers[name] for name in SILENT} == {None}
    sent = column(table(section(pack_of_prefecture, "returns")), "相互紹介記録")
    assert {sent[name] for name in SILENT} == {labels.NOT_SENT}
    ranked = next(one for one in rate.blocks if isinstance(one, Chart))
    assert not set(SILENT) & set(ranked.categories)


def test_a_partly_sent_value_keeps_its_mark(pack_of_prefecture: Pack) -> None:
    rate = next(one for one in pack_of_prefecture.indicators if one.id == "handover_rate")
    assert column(table(rate), "値（％）")["風待市"].endswith(labels.PARTIAL_MARK)


def test_the_first_fact_and_the_state_of_the_data_count_alike(pack_of_prefecture: Pack) -> None:
    def counts(text: str) -> list[str]:
        return [part for part in text.replace("**", "").split("、") if "市区町村が一部の月を" in part]

    first = next(one for one in section(pack_of_prefecture, "facts").blocks if isinstance(one, Sentences)).items[0]
    said = next(one for one in section(pack_of_prefecture, "returns").blocks if isinstance(one, Sentences)).items
    referral = next(one for one in said if one.startswith("相互紹介記録"))
    assert counts(first)[0].split("市区町村が")[0] == counts(referral)[0].split("市区町村が")[0]


def test_only_the_sections_asked_for_are_made_in_their_own_order(answers: Answers) -> None:
    pack = make_pack(answers, Options(MONTHS, sections=("definitions", "facts"), has_indicators=False))
    assert [one.id for one in pack.sections] == ["facts", "definitions"]
    assert dict(pack.conditions)["載せた項目"] == "三つの事実、定義"


def test_what_there_is_not_is_refused(answers: Answers) -> None:
    for wrong in (Options(MONTHS, "012025"), Options(MONTHS, sections=("nope",)), Options(MONTHS, indicator_id="no")):
        with pytest.raises(UnknownChoice):
            make_pack(answers, wrong)


def test_conditions_say_what_is_shown_as_of_when_and_that_it_is_invented(
    pack_of_municipality: Pack, sample_database: SampleDatabase
) -> None:
    said = dict(pack_of_municipality.conditions)
    assert "架空データ" in said["架空データ"]
    assert said["対象"] == "夕凪原市"
    assert said["期間"] == "令和6年度（令和6年4月～令和7年3月）"
    current = sample_database.place.current()
    assert current is not None
    assert said["データベースの版"] == current.stem
    assert any("架空データ" in line for line in pack_of_municipality.about)


def test_decisions_of_the_last_meeting_come_with_the_figures_of_then_and_now(answers: Answers, tmp_path: Path) -> None:
    desk = Desk(f"sqlite:///{tmp_path / 'desk.sqlite'}")
    then = meetings.Figure("recommendation_rate", MONTHS, 0.5, "50.0％")
    for on, what in ((date(2025, 4, 1), "古い決定"), (date(2025, 5, 1), "研修を開く")):
        meetings.enter(desk, meetings.Decision(on, "課長会議", what, area_code=CITY, figures=(then,)), "佐竹")
    for area in (None, CITY):
        asked = Options(MONTHS, area, ("decisions",), desk=desk.url, has_indicators=False)
        shown = section(make_pack(answers, asked), "decisions")
        assert [row[1].text for row in table(shown, "決定").rows] == ["研修を開く"]
        (row,) = table(shown, "会議時の値").rows
        now = answers.of_areas("recommendation_rate", MONTHS).set_index("area_code").loc[CITY, "value"]
        assert [cell.text for cell in row][3::2] == ["50.0％", labels.with_unit(now, "proportion", "partial")]
        assert row[-1].text == labels.change_text(now, 0.5, "proportion")
    before = make_pack(answers, replace(asked, created=date(2025, 3, 1)))
    assert not section(before, "decisions").blocks and section(before, "decisions").empty


def test_the_sections_of_a_municipality_that_sent_nothing_say_so(answers: Answers) -> None:
    pack = make_pack(answers, Options(MONTHS, SILENT["水琴町"], has_indicators=False))
    (numbers,) = [one for one in section(pack, "key").blocks if isinstance(one, KeyNumbers)]
    assert {one.value for one in numbers.items} <= {labels.NOT_SENT, labels.NOT_APPLICABLE}
    (said,) = section(pack, "differences").blocks
    assert isinstance(said, Sentences) and "報告がない" in said.items[0]


def test_the_city_is_compared_with_the_eight_most_similar(pack_of_municipality: Pack) -> None:
    assert len(dict(pack_of_municipality.conditions)["類似する市区町村"].split("、")) == 8
