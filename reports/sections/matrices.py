"""Who takes part where, and what is practised day by day: municipality × thing, in the cells of the pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reports import words
from reports.content import Cell, Section, Sentences, Table
from reports.sources import Sources, rest
from ui import labels
from ui.labels import bodies, practices
from ui.labels import cells as page
from ui.labels import sent as of_return
from ui.labels.law import BODIES

DARKEST = 4  # of the pages' five shades
# What the signs of a brief table mean.
SIGNS = "未：未提出　*：一部の報告・出欠不明の会議がある　-：該当なし　…：未記入・不明"
BRIEF_BODIES = (
    "設置・相手の参画：○有、無。困窮側・孤立側の出席：○全ての会議、△一部の会議、無は出席なし、0は会議なし。"
    f"福祉：福祉事務所、PF：プラットフォーム。{SIGNS}。{{rest}}"
)
BRIEF_PRACTICES = (
    "実施：4つの取組のうち実施している数、担当：連絡調整担当、情報：情報共有の機会の回数、研修：合同研修の回数、配架：双方のリーフレット、"
    "手順：利用勧奨の手順。"
    f"○：継続して実施、新：新たに実施、止：なくなった、無：実施なし、↑↓は前年度からの増減。{SIGNS}。{{rest}}"
)
BRIEF_HEADS = ("設置", "参画", "困窮", "孤立")
BRIEF_NAMES = {"platform": "官民連携PF", "council": "協議会", "support_meeting": "支援会議"}
BRIEF_ITEMS = {
    "liaison_designated": "担当",
    "information_sharing_count": "情報",
    "joint_training_count": "研修",
    "leaflets_both": "配架",
    "recommendation_procedure": "手順",
}
BODIES_TITLE, PRACTICES_TITLE = "会議体への参加", "日常の連携"


def cell(one: page.Cell) -> Cell:
    """A cell of a page's matrix; what was sent in part says so in words."""
    return Cell(bodies.text_of(one), None, one.state, None if one.shade is None else one.shade / DARKEST)


def sign(one: page.Cell) -> Cell:
    """A cell of a page's matrix as a sign."""
    return Cell(one.sign, None, one.state, None if one.shade is None else one.shade / DARKEST)


def bodies_section(of: Sources) -> Section:
    """The prefecture's matrix municipality × body × side."""
    joined = of.answers.tally("meeting_joined", of.months)
    answers, offices = yearly_answers(of), of.answers.welfare_offices()
    established = {code: one["support_meeting_established"] for code, one in answers.items()}
    said = [
        of_return.sentence(sent(of), "会議開催・出席記録"),
        *bodies.sentences(answers, joined, len(of.names), words.body),
        bodies.duty(of.months, established, offices),
    ]
    table = Table(
        title=f"会議体の設置と両側の参加（{of.period}）",
        heads=["市区町村", "福祉事務所", *(head for _ in BODIES for head in bodies.HEADS)],
        rows=[[Cell(of.names[code]), *map(cell, row)] for code, row in body_rows(of).items()],
        groups=[("", 2), *((words.body(body), len(bodies.HEADS)) for body in BODIES)],
        note=bodies.HOW_TO_READ.format(year=labels.fiscal_year_text(of.fiscal_year)),
        brief=_brief_bodies(of),
    )
    return Section("bodies", BODIES_TITLE, [Sentences(said), table])


def _brief_bodies(of: Sources) -> Table | None:
    """The same in signs; None where there is room for all that is known."""
    if not of.is_long:
        return None
    return Table(
        title=f"会議体の設置と両側の参加（{of.period}）",
        heads=["市区町村", "福祉", *(head for _ in BODIES for head in BRIEF_HEADS)],
        rows=[[Cell(of.names[code]), *map(sign, row)] for code, row in body_rows(of).items()],
        groups=[("", 2), *((BRIEF_NAMES[body], len(BRIEF_HEADS)) for body in BODIES)],
        note=BRIEF_BODIES.format(rest=rest("設置年月と会議の回数", BODIES_TITLE)),
    )


def own_bodies(of: Sources) -> Table:
    """One municipality: its bodies down, what is known of them across."""
    row, width = body_rows(of)[of.own_area][1:], len(bodies.HEADS)
    lines = [row[start : start + width] for start in range(0, len(row), width)]
    return Table(
        title=f"{of.where}の会議体（{of.period}）",
        heads=["会議体", *bodies.HEADS],
        rows=[[Cell(words.body(body)), *map(cell, line)] for body, line in zip(BODIES, lines, strict=True)],
        note="出席は「その側が出席した会議／出欠の分かる会議」の回数。…：未記入　-：該当なし",
    )


def body_rows(of: Sources) -> dict[str, bodies.Row]:
    joined = of.answers.tally("meeting_joined", of.months)
    return bodies.rows_of(of.answers.welfare_offices(), sent(of), yearly_answers(of), joined)


def sent(of: Sources) -> dict[str, str]:
    return of_return.over_months(of.answers.coverage(), list(of.names), of.months, bodies.RETURN)


def yearly_answers(of: Sources) -> dict[str, bodies.Answer]:
    return bodies.yearly_answers(of.answers.practices(), of.fiscal_year)


def practices_section(of: Sources) -> Section:
    """The prefecture's matrix municipality × practice."""
    found = practices.answers(of.answers.practices(), of.names, of.fiscal_year)
    four, more = len(practices.PRACTICES), len(practices.ITEMS) - len(practices.PRACTICES)
    table = Table(
        title=f"日常の連携・市区町村別（{labels.fiscal_year_text(of.fiscal_year)}）",
        heads=["市区町村", "4つの取組のうち実施", *(name for name, _ in practices.ITEMS.values())],
        rows=[
            [Cell(of.names[code]), cell(practices.of_four(own)), *(cell(practices.cell(one)) for one in own.values())]
            for code, own in found.items()
        ],
        groups=[("", 2), ("通知の4つの取組", four), ("利用勧奨", more)],
        note="色の付いたマスは実施、濃いマスは新たに実施・回数の増加を示し、良し悪しの評価ではありません。"
        "回数の（ ）は前年度との差。「継続（R5～）」は途切れずに「有」と報告された最初の年度。…：未記入",
        brief=_brief_practices(of, found),
    )
    said = practices.sentences(found, of.names, of.fiscal_year)
    return Section("practices", PRACTICES_TITLE, [Sentences(said), table])


def _brief_practices(of: Sources, found: Mapping[str, Mapping[str, practices.Answer]]) -> Table | None:
    if not of.is_long:
        return None
    return Table(
        title=f"日常の連携・市区町村別（{labels.fiscal_year_text(of.fiscal_year)}）",
        heads=["市区町村", "実施", *BRIEF_ITEMS.values()],
        rows=[
            [
                Cell(of.names[code]),
                sign(practices.of_four(own)),
                *(sign(practices.cell(own[one])) for one in BRIEF_ITEMS),
            ]
            for code, own in found.items()
        ],
        note=BRIEF_PRACTICES.format(rest=rest("始めた年度と増減の数", PRACTICES_TITLE)),
    )


def own_practices(of: Sources) -> Table:
    """One municipality: this fiscal year and the one before, side by side."""
    years = (of.fiscal_year - 1, of.fiscal_year)
    own = [practices.answers(of.answers.practices(), [of.own_area], year)[of.own_area] for year in years]
    return Table(
        title=f"{of.where}の日常の連携",
        heads=["取組", *map(labels.fiscal_year_text, years)],
        rows=[
            [Cell(name), *(Cell(of_year[item].text, None, of_year[item].state) for of_year in own)]
            for item, (name, _) in practices.ITEMS.items()
        ],
    )


def own_section(of: Sources) -> Section:
    """Bodies and practices of one municipality."""
    tables: Sequence[Table] = [own_bodies(of), own_practices(of)]
    return Section("bodies", "会議体と日常の連携", tables)
