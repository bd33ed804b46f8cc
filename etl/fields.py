"""What a declared return consists of: fields, code lists, and how its rows stand in time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from etl.field_types import FIELD_TYPES, FieldType


@dataclass(frozen=True)
class CodeList:
    """Words a choice accepts: stored code to spellings, the first of which is shown. Data with a version of its own."""

    id: str
    version: str
    effective_from: str
    source: str
    spellings: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Field:
    """One column of a return.

    `codes` maps every accepted spelling (as a key) to the stored code, `labels` each code to the word shown.
    `part_of` names the count this one is a part of; `denied_by` the flag whose 無 leaves nothing to answer here;
    with `stated_by_title` the title or the sheet's name may say what the column does not.
    """

    name: str
    heading: str
    type: str
    required: bool
    aliases: tuple[str, ...]
    codes: Mapping[str, str]
    labels: Mapping[str, str]
    note: str = ""
    code_list: CodeList | None = None
    part_of: str = ""
    denied_by: str = ""
    stated_by_title: bool = False

    @property
    def kind(self) -> FieldType:
        return FIELD_TYPES[self.type]

    @property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """(name, SQL type) of the raw columns this field fills."""
        return tuple((f"{self.name}{suffix}", sql_type) for suffix, sql_type in self.kind.columns)

    def spoken(self, value: object) -> str:
        """A stored value as a message may call it: the word of a code, not the code."""
        return self.labels.get(str(value), str(value))


@dataclass(frozen=True)
class Return:
    """One kind of return. `month_of` names the field that says when ('' for a return that belongs to no month)."""

    id: str
    title: str
    grain: str
    version: str
    fields: tuple[Field, ...]
    identity: tuple[str, ...]
    month_of: str
    date_order: tuple[str, ...]
    derive: Mapping[str, tuple[str, ...]]
    headings: Mapping[str, str]  # every accepted heading (as a key) to the field's name
    effective_from: str = ""
    examples: tuple[Mapping[str, str], ...] = field(default=(), hash=False)  # invented rows, field name to cell

    @cached_property
    def required(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.required)

    def field(self, name: str) -> Field:
        return next(field for field in self.fields if field.name == name)

    @property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """(name, SQL type) of the raw table, in order, with where each row came from."""
        origin = (("load_id", "text"), ("row_number", "bigint"))
        return origin + tuple(column for field in self.fields for column in field.columns)

    @property
    def table_sql(self) -> str:
        body = ", ".join(f"{name} {sql_type}" for name, sql_type in self.columns)
        return f"create table if not exists raw.{self.id} ({body})"

    @property
    def time(self) -> str:
        """How its rows stand in time: the type of `month_of` ('date', 'month', 'fiscal_year'), or ''."""
        return self.field(self.month_of).type if self.month_of else ""

    def period_sql(self, table: str) -> str:
        """SQL of the month ('YYYY-MM') a raw row belongs to; a yearly row belongs to April, an undated one to none."""
        column = f"{table}.{self.month_of}"
        return {
            "date": f"strftime({column}, '%Y-%m')",
            "month": column,
            "fiscal_year": f"cast({column} as text) || '-04'",
            "": "cast(null as text)",
        }[self.time]
