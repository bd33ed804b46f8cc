"""Returns as declared in etl/returns/*.toml: the one place that says what a municipality sends."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import product
from pathlib import Path
from string import Formatter
from typing import Any

from etl.field_types import FIELD_TYPES
from etl.fields import CodeList, Field, Return
from etl.spelling.text import key

__all__ = ["SQL_TYPES", "CodeList", "DeclarationError", "Field", "Return", "all_returns", "read_declaration"]

RETURNS_DIR = Path(__file__).parent / "returns"

# What each declared type becomes in the raw table.
SQL_TYPES: dict[str, str] = {one.id: one.columns[0][1] for one in FIELD_TYPES.values() if one.columns}
_FIELD_KEYS = {"name", "heading", "type", "required", "aliases", "codes", "note", "part_of", "denied_by"} | {
    "stated_by_title"
}
_YES_NO = {"yes", "no"}
_TIMES = ("date", "month", "fiscal_year")


class DeclarationError(ValueError):
    """A file in etl/returns is not a valid declaration (our own mistake, not a municipality's)."""


def read_declaration(path: Path) -> Return:
    """The return a file declares. Raises DeclarationError."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    since = str(raw.get("effective_from", ""))
    lists = {
        name: _code_list(name, entry, raw["version"], since, path.name)
        for name, entry in raw.get("code_lists", {}).items()
    }
    words = raw.get("words", {})
    fields = tuple(_field(entry, lists, words, path.name) for entry in raw["fields"])
    declared = Return(
        id=raw["id"],
        title=raw["title"],
        grain=raw["grain"],
        version=raw["version"],
        fields=fields,
        identity=tuple(raw["identity"]),
        month_of=raw.get("month_of", ""),
        date_order=tuple(raw.get("date_order", ())),
        headings={key(text): field.name for field in fields for text in (field.heading, *field.aliases)},
        derive={name: tuple(rule["from"]) for name, rule in raw.get("derive", {}).items()},
        effective_from=since,
        examples=tuple({name: str(cell) for name, cell in row.items()} for row in raw.get("examples", ())),
    )
    _check(declared, path.name)
    return declared


def _field(raw: Mapping[str, Any], lists: Mapping[str, CodeList], words: Mapping[str, list[str]], source: str) -> Field:
    if set(raw) - _FIELD_KEYS or raw["type"] not in FIELD_TYPES:
        raise DeclarationError(f"{source}: field {raw.get('name')}: unknown {set(raw) - _FIELD_KEYS or raw['type']}")
    code_list = lists[raw["codes"]] if "codes" in raw else None
    spellings = code_list.spellings if code_list else {}
    spelled = (spelling for alias in raw.get("aliases", ()) for spelling in _spelled(alias, words))
    aliases = [spelling for spelling in dict.fromkeys(spelled) if spelling != raw["heading"]]
    return Field(
        name=raw["name"],
        heading=raw["heading"],
        type=raw["type"],
        required=raw.get("required", False),
        aliases=tuple(aliases),
        codes={key(text): code for code, texts in spellings.items() for text in texts},
        labels={code: texts[0] for code, texts in spellings.items()},
        note=raw.get("note", ""),
        code_list=code_list,
        part_of=raw.get("part_of", ""),
        denied_by=raw.get("denied_by", ""),
        stated_by_title=raw.get("stated_by_title", False),
    )


def _spelled(alias: str, words: Mapping[str, Sequence[str]]) -> list[str]:
    """「{PF}設置」 with every way of writing the word in braces."""
    names = [name for _, name, _, _ in Formatter().parse(alias) if name]
    return [alias.format(**dict(zip(names, chosen, strict=True))) for chosen in product(*(words[n] for n in names))]


def _code_list(name: str, raw: Mapping[str, Any], version: str, since: str, source: str) -> CodeList:
    """A list's own version, date and source stand beside its codes; else they are those of the file."""
    codes = {code: tuple(texts) for code, texts in raw.items() if isinstance(texts, list)}
    about = {key: text for key, text in raw.items() if not isinstance(text, list)}
    if set(about) - {"version", "effective_from", "source"} or not all(codes.values()):
        raise DeclarationError(f"{source}: code list {name}: unknown {sorted(about)} or a code without a word")
    return CodeList(
        name, about.get("version", version), about.get("effective_from", since), about.get("source", ""), codes
    )


def _check(declared: Return, source: str) -> None:
    """What is used must be declared, and fit: our own slips show at the start, not with a municipality's file."""
    names = [field.name for field in declared.fields]
    types = {field.name: field.type for field in declared.fields}
    used = {*declared.identity, *declared.date_order, *([declared.month_of] if declared.month_of else [])}
    used |= {name for field in declared.fields for name in (field.part_of, field.denied_by) if name}
    used |= {name for row in declared.examples for name in row}
    used |= {name for parts in declared.derive.values() for name in parts}
    if len(set(names)) != len(names) or not used <= set(names):
        raise DeclarationError(f"{source}: fields are named twice or used without being declared")
    columns = [name for name, _ in declared.columns]
    claims = {(key(text), field.name) for field in declared.fields for text in (field.heading, *field.aliases)}
    headings = [heading for heading, _ in claims]
    if len(set(columns)) != len(columns) or len(set(headings)) != len(headings):
        raise DeclarationError(f"{source}: two fields share a column or a heading: {_twice(columns + headings)}")
    if declared.time and declared.time not in _TIMES:
        raise DeclarationError(f"{source}: {declared.month_of} does not say when")
    for field in declared.fields:
        is_flag = field.type in ("flag", "flag_or_date")
        wrong = (field.part_of and (field.type, types[field.part_of]) != ("count", "count")) or (
            field.denied_by and types[field.denied_by] not in ("flag", "flag_or_date")
        )
        if wrong or (is_flag and field.codes and set(field.labels) != _YES_NO):
            raise DeclarationError(f"{source}: {field.name} stands in a relation its type does not have")


def _twice(names: Sequence[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})


@cache
def all_returns() -> Mapping[str, Return]:
    """Every declared return by id, in file order."""
    declared = [read_declaration(path) for path in sorted(RETURNS_DIR.glob("*.toml"))]
    return {item.id: item for item in declared}
