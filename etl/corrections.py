"""Corrections of single cells, as data: etl/corrections.toml says which row, what was there, what should be, and why.

Raw rows stay as received. For every return there is a view corrected.<return> that the core is built from.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from etl.cells import read_columns
from etl.connection import Connection
from etl.declare import Field, Return

CORRECTIONS_FILE = Path(__file__).parent / "corrections.toml"
_KEYS = {"return", "municipality", "where", "field", "from", "to", "reason", "who", "date"}


class CorrectionMismatch(ValueError):  # noqa: N818
    """An entry of corrections.toml is not valid, or does not fit the row it is about; names the entry, in Japanese."""


@dataclass(frozen=True)
class Correction:
    """One entry. `number` counts from 1 as in the file; `where` is the identity, values are spelt as in a return."""

    number: int
    return_id: str
    municipality: str
    where: Mapping[str, str]
    field: str
    found: str
    to: str
    reason: str
    who: str
    date: date

    @property
    def told(self) -> str:
        row = "・".join(self.where.values())
        return f"etl/corrections.toml の{self.number}番目（{self.return_id} {self.municipality} {row} {self.field}）"


def read_corrections(path: Path) -> list[Correction]:
    """All entries, in the order of the file. Raises CorrectionMismatch when one lacks something."""
    entries = tomllib.loads(path.read_text(encoding="utf-8")).get("correction", [])
    return [_correction(number, entry) for number, entry in enumerate(entries, start=1)]


def _correction(number: int, entry: Mapping[str, Any]) -> Correction:
    missing = [key for key in sorted(_KEYS) if key not in entry or (key not in ("from", "to") and not entry[key])]
    if missing or set(entry) != _KEYS:
        wrong = "、".join([*missing, *sorted(set(entry) - _KEYS)])
        raise CorrectionMismatch(f"etl/corrections.toml の{number}番目：次の項目を確かめてください（{wrong}）。")
    return Correction(
        number=number,
        return_id=str(entry["return"]),
        municipality=str(entry["municipality"]),
        where={name: str(value) for name, value in entry["where"].items()},
        field=str(entry["field"]),
        found=str(entry["from"]),
        to=str(entry["to"]),
        reason=str(entry["reason"]),
        who=str(entry["who"]),
        date=entry["date"],
    )


def correct(con: Connection, returns: Mapping[str, Return]) -> None:
    """Makes the views corrected.<return>. Raises CorrectionMismatch naming the entry that does not fit."""
    corrections = read_corrections(CORRECTIONS_FILE)
    unknown = next((one for one in corrections if one.return_id not in returns), None)
    if unknown:
        raise CorrectionMismatch(f"{unknown.told}：この名前の様式はありません。")
    _clear(con)
    for declared in returns.values():
        own = [one for one in corrections if one.return_id == declared.id and _is_due(con, one)]
        changes = [_change(con, declared, one) for one in own]
        _refuse_repeated(own, changes)
        _make_view(con, declared, changes)
        _refuse_disorder(con, declared, own, changes)


def _clear(con: Connection) -> None:
    made = con.execute("select table_name from duckdb_tables() where schema_name = 'corrected'").fetchall()
    for (name,) in made:
        con.execute(f"drop table corrected.{name}")


def _is_due(con: Connection, correction: Correction) -> bool:
    """Entries wait for their municipality's first file; those of another prefecture wait for ever."""
    sent = "select 1 from raw.coverage where return_id = $1 and area_code = $2 limit 1"
    rows = f"select 1 from raw.{correction.return_id} where area_code = ? limit 1"
    return bool(
        con.execute(sent, [correction.return_id, correction.municipality]).fetchall()
        or con.execute(rows, [correction.municipality]).fetchall()
    )


@dataclass(frozen=True)
class _Change:
    """One row's new values by raw column."""

    row: tuple[str, int]  # load_id, row_number
    values: Mapping[str, pa.Array]


def _change(con: Connection, declared: Return, one: Correction) -> _Change:
    names = {field.name for field in declared.fields if field.columns}
    fixed = {"area_code", *declared.identity}
    if one.field not in names - fixed or set(one.where) != fixed - {"area_code"}:
        told = "、".join(name for name in declared.identity)
        raise CorrectionMismatch(f"{one.told}：where には {told} を、field にはそれ以外の項目を書いてください。")
    field = declared.field(one.field)
    found, to = _read(field, one.found, one, "from"), _read(field, one.to, one, "to")
    if declared.month_of == one.field and str(found[one.field][0])[:7] != str(to[one.field][0])[:7]:
        raise CorrectionMismatch(f"{one.told}：別の月への訂正は、訂正したファイルを --replace で読み込んでください。")
    identity = {name: _read(declared.field(name), value, one, "where")[name] for name, value in one.where.items()}
    columns = ", ".join(found)
    held = con.execute(
        f"select load_id, row_number, {columns} from raw.{declared.id} "
        f"where area_code = ? and {' and '.join(f'{name} = ?' for name in identity)}",
        [one.municipality, *(value[0].as_py() for value in identity.values())],
    ).fetchall()
    if len(held) != 1:
        raise CorrectionMismatch(f"{one.told}：この行が{len(held)}件あります。1件でなければ訂正できません。{_ACTION}")
    if list(held[0][2:]) != [value[0].as_py() for value in found.values()]:
        raise CorrectionMismatch(f"{one.told}：受領した値が from と違います。{_ACTION}")
    return _Change((held[0][0], held[0][1]), to)


_ACTION = "不要になった項目であれば、取り除いてください。"


def _read(field: Field, text: str, one: Correction, part: str) -> dict[str, pa.Array]:
    """Values by raw column, by the field's own reader."""
    column = read_columns({field.name: field}, {field.name: pa.array([text]).dictionary_encode()})[field.name]
    if column.unread.any() or (part == "to" and field.required and column.blank().any()):
        raise CorrectionMismatch(f"{one.told}：{part} の値は「{field.heading}」として読み取れません。")
    return column.values


def _refuse_repeated(own: Sequence[Correction], changes: Sequence[_Change]) -> None:
    seen: set[tuple[tuple[str, int], str]] = set()
    for one, change in zip(own, changes, strict=True):
        if (change.row, one.field) in seen:
            raise CorrectionMismatch(f"{one.told}：同じ行の同じ項目を2回訂正しています。")
        seen.add((change.row, one.field))


def _refuse_disorder(con: Connection, declared: Return, own: Sequence[Correction], changes: Sequence[_Change]) -> None:
    for one, change in zip(own, changes, strict=True):
        if one.field not in declared.date_order:
            continue
        row = (
            f"select {', '.join(declared.date_order)} from corrected.{declared.id} where load_id = ? and row_number = ?"
        )
        days = [day for day in con.execute(row, list(change.row)).fetchall()[0] if day is not None]
        if days != sorted(days):
            raise CorrectionMismatch(f"{one.told}：訂正すると、日付の順序が合いません。")


def _make_view(con: Connection, declared: Return, changes: Sequence[_Change]) -> None:
    """The view: raw rows, with the values of a table of changes where that has them."""
    types = dict(declared.columns)
    corrected = list(dict.fromkeys(name for change in changes for name in change.values))
    joins = []
    for name in corrected:
        table = f"corrected.{declared.id}_{name}"
        con.execute(f"create or replace table {table} (load_id text, row_number bigint, value {types[name]})")
        own = [(*change.row, change.values[name][0].as_py()) for change in changes if name in change.values]
        for row in own:
            con.execute(f"insert into {table} values (?, ?, ?)", list(row))
        joins.append(f"left join {table} as of_{name} using (load_id, row_number)")
    shown = ", ".join(
        f"case when of_{name}.row_number is null then r.{name} else of_{name}.value end as {name}" for name in corrected
    )
    columns = f"r.* replace ({shown})" if corrected else "r.*"
    con.execute(
        f"create or replace view corrected.{declared.id} as select {columns} from raw.{declared.id} as r "
        + " ".join(joins)
    )
