"""The state of the data: who has sent what of each return."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from reports import words
from reports.content import Block, Cell, Section, Sentences, Table
from reports.sections.matrices import cell
from reports.sources import Sources, rest
from ui import labels
from ui.labels import sent
from ui.labels.cells import NOT_SENT_SIGN, SOME

TITLE = "報告の提出状況"
EVERY = "●"
SHORT_HEAD = 4  # letters of the title of a return, in a brief table
LEGEND = "　".join(f"{sent.MARKS[one]}：{sent.MEANINGS[one]}" for one in ("received", "zero", "partial", "missing"))
NOTE = f"{LEGEND}（送り直しを待っているものを含む）"


def section(of: Sources) -> Section:
    """A row a municipality: of each return how many of the months are in, and which are not."""
    months = _months(of)
    if not months:
        return Section("returns", TITLE, [], "この期間に、提出の期限が来た月がありません。")
    coverage, names = of.answers.coverage(), of.names
    said, columns, signs = [], [], []
    for return_id, title in words.returns().items():
        states = sent.by_month(coverage, list(names), months, return_id)
        missing = (states == "missing").sum(axis=1)
        nothing = [names[str(code)] for code in states.index[missing == len(months)]]
        said.append(_sentence(states, title) + (f"未提出：{'、'.join(nothing)}。" if 0 < len(nothing) <= 10 else ""))
        columns.append([_state(row.tolist(), months) for _, row in states.iterrows()])
        signs.append([_state(row.tolist(), months, is_brief=True) for _, row in states.iterrows()])
    table = Table(
        title=f"{TITLE}・市区町村別（{labels.period_text(of.months)}）",
        heads=["団体コード", "市区町村", *words.returns().values()],
        rows=[
            [Cell(code), Cell(name), *(column[place] for column in columns)]
            for place, (code, name) in enumerate(names.items())
        ],
        note="「全て」は期間の全ての月を受け取ったもの（0件の報告を含む）。数字は、届いていない月・一部だけ受け取った月の数です。",
    )
    if of.is_long:
        table = replace(table, brief=_brief(table, list(zip(*signs, strict=True))))
    blocks: list[Block] = [Sentences(said), table]
    return Section("returns", TITLE, blocks)


def _brief(table: Table, signs: Sequence[Sequence[Cell]]) -> Table:
    """Whoever has still to send something, in signs."""
    lacking = [
        [row[1], *own] for row, own in zip(table.rows, signs, strict=True) if any(one.text != EVERY for one in own)
    ]
    left = len(table.rows) - len(lacking)
    return replace(
        table,
        title=f"報告のそろっていない市区町村（{len(lacking)}）",
        heads=[table.heads[1], *(title[:SHORT_HEAD] for title in table.heads[2:])],
        rows=lacking,
        note="●：全ての月、未：未提出、未と数字：届いていない月の数、△と数字：一部だけ受け取った月の数。"
        f"全てそろった{left}市区町村を除きます。" + rest("全ての市区町村の表", TITLE),
    )


def _sentence(states: pd.DataFrame, title: str) -> str:
    """As the first of the three facts counts: whoever sent every month, then whoever sent some."""
    missing = (states == "missing").sum(axis=1)
    every, nothing = missing == 0, missing == states.shape[1]
    partly = int((every & (states == "partial").any(axis=1)).sum())
    return (
        f"{title}は、{len(states)}市区町村のうち**{int(every.sum())}**市区町村が全ての月を"
        + (f"（うち{partly}市区町村は一部の行を除いて受領）" if partly else "")
        + f"、{int((~every & ~nothing).sum())}市区町村が一部の月を提出し、{int(nothing.sum())}市区町村は未提出です。"
    )


def own_section(of: Sources) -> Section:
    """A row a return, a column a month."""
    months = _months(of)
    if not months:
        return Section("returns", TITLE, [], "この期間に、提出の期限が来た月がありません。")
    rows = [
        [Cell(title), *(cell(sent.CELLS[state]) for state in _own(of, months, return_id))]
        for return_id, title in words.returns().items()
    ]
    table = Table(f"{of.where}の提出の状況", ["報告", *map(labels.short_month, months)], rows, note=NOTE)
    return Section("returns", TITLE, [table])


def _own(of: Sources, months: list[str], return_id: str) -> list[str]:
    states = sent.by_month(of.answers.coverage(), [of.own_area], months, return_id)
    return [str(one) for one in states.loc[of.own_area]]


def _months(of: Sources) -> list[str]:
    """Of the asked months those that can be missing by the day the pack is made."""
    return sent.months_in_question(of.months, of.answers.reported_months(), f"{of.options.created:%Y-%m}")


def _state(states: list[str], months: list[str], *, is_brief: bool = False) -> Cell:
    missing, partial = states.count("missing"), states.count("partial")
    if missing == len(months):
        return Cell(NOT_SENT_SIGN if is_brief else labels.NOT_SENT, None, "not_sent")
    if not missing and not partial:
        return Cell(EVERY if is_brief else "全て")
    told = [f"{NOT_SENT_SIGN}{missing}" if is_brief else f"未提出{missing}か月"] if missing else []
    told += [f"{SOME}{partial}" if is_brief else f"一部{partial}か月"] if partial else []
    return Cell("・".join(told), None, "partial")
