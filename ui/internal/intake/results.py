"""What became, or would become, of each file: in words, with its slip, and all problems in one table."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from ui.internal.intake import problems, slips, words
from ui.internal.intake.batch import Batch, Handed
from ui.internal.intake.outcome import outcome_box

# As many files without anything to do are told one by one; more go into a fold.
TOLD_ONE_BY_ONE = 5
Change = tuple[int, bool]


def show(batch: Batch) -> Change | None:
    """Shows all files. Returns (number, replaces) when somebody changed how a file is to be taken."""
    st.markdown(_summary(batch))
    changed: Change | None = None
    clear = [number for number, one in enumerate(batch.files) if _is_clear(one)]
    for number in range(len(batch.files)):
        if number not in clear:
            changed = _file(batch, number) or changed
    if len(clear) > TOLD_ONE_BY_ONE:
        with st.expander(f"直すところのない{len(clear):,}件", key="clear-files"):
            for number in clear:
                _file(batch, number)
    else:
        for number in clear:
            _file(batch, number)
    slips.all_slips(batch.files)
    problems.problem_section([one.receipt for one in batch.files], key="batch")
    return changed


def _is_clear(one: Handed) -> bool:
    return one.receipt.outcome == "accepted" and not one.receipt.unchanged and not one.overlaps


def _summary(batch: Batch) -> str:
    """How many files of which outcome."""
    counts = Counter(words.outcome_word(one.receipt) for one in batch.files)
    order = (*words.OUTCOMES.values(), words.UNCHANGED)
    told = "、".join(f"{word}{counts[word]:,}件" for word in order if counts[word])
    end = "の結果です" if batch.is_done else "を読み込むと、次のようになります"
    return f"{len(batch.files):,}件のファイル{end}（{told}）。"


def _file(batch: Batch, number: int) -> Change | None:
    """One file. In a preview, one that overlaps what was taken earlier asks whether it is a correction."""
    one = batch.files[number]
    receipt = one.receipt
    outcome_box(receipt, done=batch.is_done)
    changed: Change | None = None
    if one.overlaps and not batch.is_done:
        changed = _ask_replace(one, number)
    slips.slip_button(receipt, one.incoming, one.only_list, key=f"slip-{number}")
    return changed


def _ask_replace(one: Handed, number: int) -> Change | None:
    repeated = sum(problem["rule"] == "duplicate_in_database" for problem in one.receipt.problems)
    months = words.short_list(words.months_of(one.receipt))
    places = words.short_list(words.areas_of(one.receipt))
    where = f"{places}の{months}" if places and months else "この市区町村・月"
    st.markdown(
        f"{where}の報告には、以前に受け入れたものがあります"
        + (f"（同じ番号の行が{repeated:,}行）。" if repeated else "。")
        + "訂正の報告であれば、次に印を付けてください。"
        "同じ市区町村・月の以前の行を全て消して、このファイルの行に置き換えます。"
        "追加の報告であれば、そのままで構いません。"
    )
    replaces = st.checkbox(
        "訂正として置き換える", value=one.replaces, key=f"replace-{number}-{one.receipt.sha256[:12]}"
    )
    return (number, replaces) if replaces != one.replaces else None
