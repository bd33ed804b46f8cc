"""Cases entered by form, edits of cases and their states: records only added, laid over what municipalities sent.

A returned case is a draft until the prefecture marks it: that a municipality allows its publication is not yet the
prefecture's decision. Free text is stored as it comes: the caller first asks etl.privacy whether it shows a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from desk.case_sheet import HEADINGS, STATES, Case, CaseRefused, Edit, Mark, Sheet, key_of, problems_of, sheet_of
from desk.records import Desk, Record

CASE, EDIT, STATE = KINDS = ("case", "case_edit", "case_state")
ID_PREFIX = "入力-"
NOT_ALLOWED = (
    "公開可否が「可」ではないため、一般公開にできません。"
    "市区町村に公開の可否を確かめ、公開可否を改めてから公開してください。"
)


def enter(desk: Desk, area_code: str, values: Mapping[str, Any], who: str) -> Record:
    """Enters a whole case sheet; its number follows from the record (example_id_of). Raises CaseRefused."""
    sheet = sheet_of(values)
    problems = problems_of(sheet)
    if not re.fullmatch(r"\d{6}", area_code):
        problems.insert(0, "市区町村を選んでください。")
    _refuse(problems, who)
    return desk.append(CASE, area_code, dict(sheet), who)


def edit(desk: Desk, case: Case, values: Mapping[str, Any], who: str) -> Record | None:
    """Changes the fields given (blank: empties them); None when nothing differs. Raises CaseRefused.

    An edit remembers what was there before any edit: once the municipality sends something else, it no longer counts.
    """
    unknown = set(values) - set(HEADINGS)
    if unknown:
        raise KeyError(*sorted(unknown))
    wanted = sheet_of(values)
    changed = {name: wanted.get(name, "") for name in values if wanted.get(name, "") != case.sheet.get(name, "")}
    if not changed:
        return None
    _refuse(problems_of(_laid_over(case.sheet, changed)), who)
    was = {name: case.base.get(name, "") for name in changed}
    return desk.append(EDIT, case.key, {"changed": changed, "was": was}, who)


def mark(desk: Desk, case: Case, state: str, who: str) -> Record | None:
    """Puts a case into a state; None when it is in it. Raises CaseRefused for what may not be made public."""
    if state not in STATES:
        raise KeyError(state)
    is_forbidden = state == "public" and case.sheet.get("publication") != "yes"
    _refuse([NOT_ALLOWED] if is_forbidden else [], who)
    if state == case.state and not case.is_held_back:
        return None
    return desk.append(STATE, case.key, {"state": state}, who)


def undo(desk: Desk, kind: str, record_id: int, who: str) -> Record:
    """Takes a case, an edit or a mark back, so that what stood before counts again. Raises RecordNotFound."""
    if kind not in KINDS:
        raise KeyError(kind)
    return desk.undo(kind, record_id, who)


def example_id_of(record: Record) -> str:
    """The number of a case entered by form: that of its record, which is never given twice."""
    return f"{ID_PREFIX}{record.id:04d}"


def history(desk: Desk, case: Case) -> list[Record]:
    """Every record about a case, undone ones and undoings too, oldest first."""
    entered = [one for one in desk.records(CASE) if _entered_key(one) == case.key]
    about = [one for kind in (EDIT, STATE) for one in desk.records(kind) if one.subject == case.key]
    return sorted(entered + about, key=lambda record: record.id)


def merged(returned: Iterable[Mapping[str, Any]], desk: Desk) -> list[Case]:
    """All cases as they stand, by municipality and number: `returned` are rows of the database, the rest is the desk's.

    A case entered by form and later sent as a return under the same number is the municipality's from then on.
    """
    found = {case.key: case for case in [*_entered(desk), *map(_returned, returned)]}
    edits, marks = _edits(desk), _marks(desk)
    cases = (_edited(case, edits.get(key, [])) for key, case in found.items())
    return sorted(
        (_marked(case, marks.get(case.key)) for case in cases), key=lambda case: (case.area_code, case.example_id)
    )


def _returned(row: Mapping[str, Any]) -> Case:
    sheet = sheet_of(row)
    return Case(str(row["area_code"]), str(row["example_id"]), sheet, sheet, "return")


def _entered(desk: Desk) -> Iterable[Case]:
    for record in _standing(desk, CASE):
        sheet = sheet_of(record.value)
        yield Case(record.subject, example_id_of(record), sheet, sheet, "desk")


def _entered_key(record: Record) -> str:
    number = record.id if record.undoes is None else record.undoes
    return key_of(record.subject, f"{ID_PREFIX}{number:04d}")


def _edits(desk: Desk) -> dict[str, list[Edit]]:
    """Edits of single fields by case, oldest first."""
    found: dict[str, list[Edit]] = {}
    for record in _standing(desk, EDIT):
        was = record.value["was"]
        found.setdefault(record.subject, []).extend(
            Edit(record.id, name, was[name], now, record.who, record.at)
            for name, now in record.value["changed"].items()
            if name in HEADINGS  # a field that a later version has given up
        )
    return found


def _edited(case: Case, edits: list[Edit]) -> Case:
    judged = [replace(one, is_stale=one.was != case.base.get(one.field, "")) for one in edits]
    sheet = _laid_over(case.sheet, {one.field: one.now for one in judged if not one.is_stale})
    return replace(case, sheet=sheet, edits=tuple(judged))


def _marks(desk: Desk) -> dict[str, Mark]:
    """The latest standing mark by case."""
    return {one.subject: Mark(one.id, one.value["state"], one.who, one.at) for one in _standing(desk, STATE)}


def _marked(case: Case, mark: Mark | None) -> Case:
    """Asked anew each time: what was public is not once its publication is no longer allowed."""
    if mark is None:
        return case
    is_held_back = mark.state == "public" and case.sheet.get("publication") != "yes"
    return replace(case, state="shared" if is_held_back else mark.state, mark=mark, is_held_back=is_held_back)


def _laid_over(sheet: Sheet, changed: Mapping[str, str]) -> Sheet:
    """The sheet with the changes, in the order of the fields, without blanks."""
    both = {**sheet, **changed}
    return {name: both[name] for name in HEADINGS if both.get(name)}


def _standing(desk: Desk, kind: str) -> list[Record]:
    return [record for record in desk.records(kind) if record.stands and record.undoes is None]


def _refuse(problems: list[str], who: str) -> None:
    if not who.strip():
        problems = [*problems, "入力した人の名前又は係名を入力してください。"]
    if problems:
        raise CaseRefused(problems)
