"""The files one municipality sends: which periods, which names, which titles, totals and notes."""

from collections.abc import Sequence
from pathlib import Path

from etl.invented import MARK
from etl.sample.books import Sheet, write_book, write_csv
from etl.sample.plan import Plan, fiscal_year
from etl.sample.slips import slipped
from etl.sample.spelt import ERA_FIRST, Cell, spell_month
from etl.sample.tables import NAMES, Record, Table, as_sent, table_of
from etl.sample.town import HALF_MONTH, Town

Records = Sequence[Record]
IN_ONE_FILE = ("consultation", "practice")  # few rows: all years together


def write_returns(out: Path, town: Town, plan: Plan, kind: str, records: Records) -> list[Path]:
    """Every file of one return of one municipality; none when it never sent anything."""
    if kind in town.unsent or not town.months:
        return []
    if kind in IN_ONE_FILE:
        return [_write_one(out, town, plan, kind, records, town.months)]
    by_sheet = town.habit.split == "sheets"
    write = _write_book_of_months if by_sheet else _write_one
    spans = _spans(town, "year" if by_sheet else town.habit.split, plan)
    return [write(out, town, plan, kind, records, span) for span in spans]


def _write_one(out: Path, town: Town, plan: Plan, kind: str, records: Records, span: tuple[str, ...]) -> Path:
    habit = town.habit
    table = slipped(plan, kind, town, span, table_of(kind, town, [r for r in records if r.month in span]))
    # A file without rows says nothing about whose it is unless a title does.
    titles = _titles(town, kind, span) if habit.titles or not table.rows else ()
    sheet = _sheet("記録", titles, town, table)
    path = out / _file_name(town, kind, span, "csv" if habit.format == "csv" else "xlsx")
    if habit.format == "csv":
        return write_csv(path, sheet, habit.encoding, habit.delimiter)
    return write_book(path, [sheet])


def _write_book_of_months(
    out: Path, town: Town, plan: Plan, kind: str, records: Records, span: tuple[str, ...]
) -> Path:
    """One sheet a month; a month without a case is a sheet with headings only."""
    sheets = []
    for month in span:
        table = table_of(kind, town, [r for r in records if r.month == month])
        table = slipped(plan, kind, town, (month,), table)
        name = f"R{int(month[:4]) - ERA_FIRST}.{int(month[5:])}"
        sheets.append(_sheet(name, _titles(town, kind, (month,)), town, table))
    return write_book(out / _file_name(town, kind, span, "xlsx"), sheets)


def _spans(town: Town, split: str, plan: Plan) -> list[tuple[str, ...]]:
    """Months sent, cut at every gap and, by the habit, at each fiscal year or month."""
    spans: list[tuple[str, ...]] = []
    position = plan.months.index
    for month in town.months:
        last = spans[-1][-1] if spans else None
        follows = last is not None and position(month) == position(last) + 1 and split != "month"
        if follows and last and (split == "all" or fiscal_year(last) == fiscal_year(month)):
            spans[-1] = (*spans[-1], month)
        else:
            spans.append((month,))
    return spans


def _period_words(span: tuple[str, ...]) -> str:
    """令和6年度 for a whole year, 令和6年6月分 for a month, else 令和6年4月～令和6年12月."""
    first, last = fiscal_year(span[0]) - ERA_FIRST, fiscal_year(span[-1]) - ERA_FIRST
    if span[0].endswith("-04") and span[-1].endswith("-03"):
        return f"令和{first}年度" if first == last else f"令和{first}年度～令和{last}年度"
    return _months_words(span)


def _months_words(span: tuple[str, ...]) -> str:
    """The months by name, so that a first or last month without a case still counts as reported."""
    first, last = spell_month(span[0]), spell_month(span[-1])
    return f"{first}分" if len(span) == 1 else f"{first}～{last}"


def _file_name(town: Town, kind: str, span: tuple[str, ...], ending: str) -> str:
    """R6_相互紹介記録_○○市_架空データ.csv; parts of a year say R6.4-R6.12."""
    years = [f"R{fiscal_year(month) - ERA_FIRST}" for month in (span[0], span[-1])]
    whole = span[0].endswith("-04") and span[-1].endswith("-03")
    if whole:
        period = years[0] if years[0] == years[1] else "-".join(years)
    else:
        ends = [f"R{int(month[:4]) - ERA_FIRST}.{int(month[5:])}" for month in (span[0], span[-1])]
        period = ends[0] if len(span) == 1 else "-".join(ends)
    return f"{period}_{NAMES[kind]}_{town.name}_{MARK}.{ending}"


def _titles(town: Town, kind: str, span: tuple[str, ...]) -> tuple[str, ...]:
    part = f"（{HALF_MONTH}日まで・一部）" if span == (town.part,) else ""
    return (
        f"【{MARK}】{NAMES[kind]}（{_period_words(span)}）{part}",
        f"団体名：{town.pref_name}{town.name}",
        f"対象期間：{_months_words(span)}{part}",
    )


def _sheet(name: str, titles: tuple[str, ...], town: Town, table: Table) -> Sheet:
    """Adds what clerks add below: a blank row and a total, then notes."""
    habit, width = town.habit, len(table.headings)
    rows: list[tuple[Cell, ...]] = list(table.rows)

    def line(first: Cell, second: Cell = None) -> tuple[Cell, ...]:
        return (first, second) + (None,) * (width - 2)

    if habit.totals and table.rows:
        rows += [line(None), line("合計", f"{len(table.rows)}件")]
    if habit.notes:
        rows += [line(None), line(f"※ この表は{MARK}です。"), line("※ 利用勧奨には口頭の案内を含む。")]
    return Sheet(name, titles, tuple(as_sent(table.headings, habit)), tuple(rows))
