"""One file against its own rules, on the terms of a load; and the receipt that says what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from itertools import compress
from types import MappingProxyType

from etl import receipts as records
from etl.check import Checked, Terms, check_file
from etl.claims import Claims, claimed_by
from etl.declare import all_returns
from etl.order import Incoming, Order, register
from etl.organisations import UNKNOWN, sorter
from etl.problems import Problem
from etl.receipts import Receipt


def judge(
    incoming: Incoming, order: Order, served: str | None, by_hand: Mapping[str, str] = MappingProxyType({})
) -> Checked:
    """Checks a file for the prefecture served (2 digits); None: the file itself decides, by where most rows are.

    Names that people sorted `by_hand` are not announced as unknown.
    """
    terms = _terms(order, served)
    checked = check_file(incoming.data, incoming.name, terms)
    if served is None and len(_prefectures(checked)) > 1:
        checked = check_file(incoming.data, incoming.name, replace(terms, prefecture=prefecture_of(checked)))
    sort = sorter(by_hand)
    known = [one.rule != "organisation_unknown" or sort(one.value) == UNKNOWN for one in checked.problems]
    return replace(checked, problems=tuple(compress(checked.problems, known)))


def _terms(order: Order, served: str | None) -> Terms:
    return Terms(register(), all_returns(), order.received, served, order.municipality)


def prefecture_of(checked: Checked) -> str | None:
    """Where the rows that can be taken are from, or the months reported when there are no rows."""
    found = _prefectures(checked).most_common(1)
    return found[0][0] if found else None


def _prefectures(checked: Checked) -> Counter[str]:
    weights: Counter[str] = Counter()
    for covered in checked.coverage:
        weights[register().by_code6[covered.area_code].pref_code] += 1
    if checked.table is not None:
        for counted in checked.table["area_code"].value_counts().to_pylist():
            weights[register().by_code6[counted["values"]].pref_code] += counted["counts"]
    return weights


def receipt_of(incoming: Incoming, order: Order, checked: Checked, served: str | None, *, replaced: int = 0) -> Receipt:
    taken = 0 if checked.refused or checked.table is None else checked.table.num_rows
    aside = len(checked.quarantined)
    outcome = "refused" if checked.refused else "accepted_with_quarantine" if aside else "accepted"
    return Receipt(
        load_id=records.new_load_id(incoming.sha256),
        file=incoming.name,
        sha256=incoming.sha256,
        ending=incoming.ending,
        loaded_at=_now(),
        loaded_by=order.who or records.whoami(),
        received=order.received.isoformat(),
        prefecture=order.prefecture,
        municipality=order.municipality,
        replace=order.replace,
        return_id=checked.declared.id if checked.declared else None,
        outcome=outcome,
        rows_in_file=checked.rows_in_file,
        rows_accepted=taken,
        rows_quarantined=aside,
        rows_replaced=replaced,
        unchanged=False,
        quarantined_rows=checked.quarantined,
        problems=tuple(problem.as_json() for problem in checked.problems),
        claimed=_claimed(incoming, order, checked, served),
        served=served,
    )


def _claimed(incoming: Incoming, order: Order, checked: Checked, served: str | None) -> Claims:
    if checked.refused:
        return claimed_by(incoming.data, incoming.name, _terms(order, served))
    return tuple((covered.area_code, covered.period) for covered in checked.coverage)


def receipt_of_repeat(incoming: Incoming, earlier: Receipt) -> Receipt:
    """The receipt of a file that was taken before: it says when, and that nothing has changed."""
    when = earlier.loaded_at.replace("T", " ")
    return replace(
        earlier,
        load_id=records.new_load_id(incoming.sha256),
        file=incoming.name,
        loaded_at=_now(),
        loaded_by=records.whoami(),
        outcome="accepted",
        rows_accepted=0,
        rows_quarantined=0,
        rows_replaced=0,
        unchanged=True,
        quarantined_rows=(),
        problems=(Problem(incoming.name, "same_file", detail=when).as_json(),),
    )


def _now() -> str:
    return datetime.now().isoformat("T", "seconds")
