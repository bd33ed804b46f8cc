"""Returns as declared in etl/returns/*.toml: the one place that says what a municipality sends."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from etl.spelling.text import key

RETURNS_DIR = Path(__file__).parent / "returns"

# What each declared type becomes in the raw table. A count keeps its mark (x, -, …, blank) beside its value:
# hidden, none and unknown are three things, and none of them is zero.
SQL_TYPES: dict[str, str] = {
    "id": "text",
    "municipality_code": "text",
    "date": "date",
    "choice": "text",
    "flag_or_date": "boolean",
    "organisation": "text",
    "count": "bigint",
}


class DeclarationError(ValueError):
    """A file in etl/returns is not a valid declaration (our own mistake, not a municipality's)."""


@dataclass(frozen=True)
class Field:
    """One column of a return.

    `codes` maps every accepted spelling (as a key) to the stored code, `labels` each code to the word shown.
    """

    name: str
    heading: str
    type: str
    required: bool
    aliases: tuple[str, ...]
    codes: Mapping[str, str]
    labels: Mapping[str, str]
    note: str = ""

    @property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """(name, SQL type) of the raw columns this field fills; the name column serves the code column."""
        if self.type == "municipality_name":
            return ()
        own = (self.name, SQL_TYPES[self.type])
        if self.type == "count":
            return own, (f"{self.name}_mark", "text")
        if self.type == "flag_or_date":
            return own, (f"{self.name}_date", "date")
        return (own,)


@dataclass(frozen=True)
class Return:
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


def _field(raw: Mapping[str, object], lists: Mapping[str, Mapping[str, list[str]]], source: str) -> Field:
    unknown = set(raw) - {"name", "heading", "type", "required", "aliases", "codes", "note"}
    if unknown or raw["type"] not in {*SQL_TYPES, "municipality_name"}:
        raise DeclarationError(f"{source}: field {raw.get('name')}: unknown {unknown or raw['type']}")
    spellings = lists[str(raw["codes"])] if "codes" in raw else {}
    return Field(
        name=str(raw["name"]),
        heading=str(raw["heading"]),
        type=str(raw["type"]),
        required=bool(raw.get("required", False)),
        aliases=tuple(raw.get("aliases", ())),  # type: ignore[arg-type]
        codes={key(text): code for code, texts in spellings.items() for text in texts},
        labels={code: texts[0] for code, texts in spellings.items()},
        note=str(raw.get("note", "")),
    )


def read_declaration(path: Path) -> Return:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    lists = raw.get("code_lists", {})
    fields = tuple(_field(entry, lists, path.name) for entry in raw["fields"])
    names = [field.name for field in fields]
    used = [*raw["identity"], *raw["date_order"], raw["month_of"]]
    if len(set(names)) != len(names) or not set(used) <= set(names):
        raise DeclarationError(f"{path.name}: fields are named twice or used without being declared")
    return Return(
        id=raw["id"],
        title=raw["title"],
        grain=raw["grain"],
        version=raw["version"],
        fields=fields,
        identity=tuple(raw["identity"]),
        month_of=raw["month_of"],
        date_order=tuple(raw["date_order"]),
        headings={key(text): field.name for field in fields for text in (field.heading, *field.aliases)},
        derive={name: tuple(rule["from"]) for name, rule in raw.get("derive", {}).items()},
    )


@cache
def all_returns() -> Mapping[str, Return]:
    """Every declared return by id, in file order."""
    declared = [read_declaration(path) for path in sorted(RETURNS_DIR.glob("*.toml"))]
    return {item.id: item for item in declared}
