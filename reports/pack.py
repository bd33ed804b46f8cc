"""Puts a pack together: the sections asked for, and the conditions under which its figures hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from metrics.answers import Answers
from metrics.catalog import in_notice_order, load_catalog
from reports.conditions import about, conditions
from reports.content import Pack, Section
from reports.sections import (
    areas,
    decisions,
    definitions,
    different,
    examples,
    facts,
    gaps,
    matrices,
    own,
    returned,
    series,
)
from reports.sources import Options, Sources

__all__ = ["MUNICIPALITY", "PREFECTURE", "Options", "UnknownChoice", "make_pack", "titles"]

Builder = Callable[[Sources], Section]
# Id → the name by which a reader chooses it, and what makes it; in the order of the pack.
PREFECTURE: Mapping[str, tuple[str, Builder]] = MappingProxyType(
    {
        "facts": ("三つの事実", facts.facts),
        "key": ("主要な指標", facts.key_numbers),
        "map": ("地図と市区町村別の値", areas.map_section),
        "different": ("偶然を超えた違い", different.section),
        "gaps": ("地域差と見込まれる増加", gaps.section),
        "bodies": ("会議体への参加", matrices.bodies_section),
        "practices": ("日常の連携", matrices.practices_section),
        "examples": ("共有したい事例", examples.section),
        "decisions": ("前回会議の決定とその後", decisions.section),
        "returns": ("報告の提出状況", returned.section),
        "definitions": ("定義", definitions.section),
    }
)
MUNICIPALITY: Mapping[str, tuple[str, Builder]] = MappingProxyType(
    {
        "facts": ("概要", own.facts),
        "key": ("主要な指標", own.key_numbers),
        "differences": ("県全体との大きな差", own.differences),
        "positions": ("県全体・類似する市区町村と比べた指標", own.positions),
        "cases": ("差のある指標に合う事例", examples.own_section),
        "trend": ("推移", own.trend),
        "bodies": ("会議体と日常の連携", matrices.own_section),
        "decisions": ("前回会議の決定とその後", decisions.section),
        "returns": ("報告の提出状況", returned.own_section),
        "definitions": ("定義", definitions.own_section),
    }
)


class UnknownChoice(ValueError):  # noqa: N818
    """A municipality, section or indicator that there is not. Carries what was asked for."""


def titles(*, is_prefecture: bool) -> dict[str, str]:
    """Id and name of the sections that a pack can have, in their order."""
    return {one: title for one, (title, _) in (PREFECTURE if is_prefecture else MUNICIPALITY).items()}


def make_pack(answers: Answers, options: Options) -> Pack:
    """The pack of the prefecture or of one municipality. Raises UnknownChoice."""
    builders = MUNICIPALITY if options.area else PREFECTURE
    _refuse_unknown(answers, options, builders)
    of = Sources(answers, options)
    sections = [build(of) for one, (_, build) in builders.items() if one in (options.sections or builders)]
    return Pack(
        title=f"{of.where}：孤独・孤立対策と生活困窮者自立支援の連携の状況",
        where=of.where,
        period=of.period,
        is_sample=of.is_sample,
        about=about(of),
        sections=sections,
        conditions=conditions(of, [builders[one.id][0] for one in sections]),
        file_stem=_file_stem(of),
        area=of.area,
        indicators=_each_indicator(of) if options.has_indicators else [],
        definitions=definitions.table(in_notice_order(load_catalog().values())),
    )


def _refuse_unknown(answers: Answers, options: Options, builders: Mapping[str, object]) -> None:
    if options.area is not None and options.area not in answers.names():
        raise UnknownChoice(options.area)
    if options.indicator_id not in load_catalog():
        raise UnknownChoice(options.indicator_id)
    for one in options.sections:
        if one not in builders:
            raise UnknownChoice(one)


def _file_stem(of: Sources) -> str:
    """「会議資料_夕凪原市_2024年度」; the code keeps apart what has one name."""
    months = of.months
    when = f"{of.fiscal_year}年度" if len(months) > 1 else f"{months[0]}"
    place = f"{of.area}_{of.where}" if of.area else of.where
    return f"会議資料_{place}_{when}"


def _each_indicator(of: Sources) -> list[Section]:
    """The prefecture: by municipality. One municipality: over time."""
    found = []
    for one in in_notice_order(load_catalog().values()):
        if of.area:
            found.append(Section(one.id, one.title, [series.table(of, one), series.chart(of, one, has_figure=False)]))
        else:
            found.append(
                Section(one.id, one.title, [areas.area_table(of, one), areas.ranked(of, one, has_figure=False)])
            )
    return found
