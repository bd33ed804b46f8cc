"""A release before anybody decided on it: what would be printed, what hidden and why, and the proof. Writes nothing."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pandas as pd

from etl.store import Place, current_version
from metrics.catalog import Indicator, load_catalog
from metrics.store import Store
from release.coarser import Suggestion, suggest
from release.difference import COLUMNS, difference, printed_difference
from release.examples import Example, public_examples, small_counts
from release.figures import printed_figures
from release.grid import HIDDEN
from release.ledger import Entry, Ledger
from release.linked import Setting
from release.publication import Publication, load_publication
from release.rules import Rules, load_rules
from release.safety import REASON, Progress, Protected, protect
from release.tables import Selection, Tables, build_tables, complete_years, members_of, prefecture_code
from release.where import ledger_folder
from ui import labels


class NothingToPublish(ValueError):  # noqa: N818
    """There is no database, or no complete fiscal year in it; says what to do."""


@dataclass(frozen=True)
class Options:
    """What to publish; what is empty is as publication.toml says. coarser: indicator → parts left out, beyond it."""

    fiscal_years: tuple[int, ...] = ()
    years_with_months: tuple[int, ...] | None = None
    indicators: tuple[str, ...] = ()
    coarser: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Draft:
    """cells, proof: safety.Protected, with the true counts: internal. loss: one row per indicator that is not a fact.

    changes, held_back: beside the release before; printed_changes: as anybody will see them (public.change).
    warnings: sentences for who approves. seconds: how long what took.
    """

    number: int
    digest: str
    database: str
    meta: Mapping[str, str]
    prefecture: tuple[str, str]
    fiscal_years: tuple[int, ...]
    years_with_months: tuple[int, ...]
    indicators: Sequence[Indicator]
    areas: pd.DataFrame
    cells: pd.DataFrame
    proof: pd.DataFrame
    systems: pd.DataFrame
    loss: pd.DataFrame
    changes: pd.DataFrame
    held_back: pd.DataFrame
    suggestions: Sequence[Suggestion]
    examples: Sequence[Example]
    warnings: Sequence[str]
    rules: Rules
    publication: Publication
    seconds: Mapping[str, float]
    printed_changes: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["title", *COLUMNS]))

    @property
    def is_safe(self) -> bool:
        return bool(self.proof["is_safe"].all())

    @property
    def open_cells(self) -> pd.DataFrame:
        """Rows of the proof that an outsider could work out more closely than the rules allow."""
        return self.proof[~self.proof["is_safe"].astype(bool)]

    @property
    def data_end(self) -> date:
        return date.fromisoformat(self.meta["data_end"])

    @property
    def is_sample(self) -> bool:
        return self.meta.get("sample") == "1"


def quiet(step: str, share: float) -> None:
    """Tells nobody how far it is."""


def prepare(place: Place, options: Options | None = None, say: Progress = quiet) -> Draft:
    """Judges what would be published now, beside all that was before. Raises NothingToPublish and PublicationError.

    say(step, share): called as it goes on, share from 0 to 1.
    """
    options = options or Options()
    database = current_version(place.pointer)
    if database is None:
        raise NothingToPublish("読み込んだ報告がありません。先に報告を読み込んでください。")
    publication, rules, catalog = load_publication(), load_rules(), load_catalog()
    ledger = Ledger(ledger_folder(place))
    clock = _Clock()
    say("公表する表を作っています", 0.0)
    with Store(database) as store:
        selection = choose(store, options, publication, catalog)
        tables = build_tables(store, selection)
        meta = store.meta()
        codes = store.areas()
        examples = public_examples(store.examples(), place)
        clock.took("tables")
        setting = Setting(catalog, members_of(tables.areas), publication.weights, rules, within=publication.within)
        seen = ledger.seen()
        found = protect(tables, seen, setting, publication.tells, publication.facts, _scaled(say, 0.1, 0.95))
        clock.took("protect")
        suggestions = suggest(store, selection, found, seen, setting, publication)
    clock.took("suggest")
    last = _last_entry(ledger)
    before = ledger.cells(last.number) if last else None
    prefecture = prefecture_code(codes), str(codes["pref_name"].iloc[0])
    return Draft(
        number=ledger.next_number(),
        digest=_digest(found, tables, rules, database, examples),
        database=database.name,
        meta=meta,
        prefecture=prefecture,
        fiscal_years=tuple(selection.fiscal_years),
        years_with_months=tuple(selection.years_with_months),
        indicators=selection.indicators,
        areas=tables.areas,
        cells=found.cells,
        proof=found.proof,
        systems=found.lost,
        loss=_loss(found.cells, selection.indicators, publication),
        changes=difference(found.cells, before),
        held_back=found.held_back,
        suggestions=suggestions,
        examples=examples,
        warnings=[*_unjudged(selection, publication), *small_counts(examples, rules.threshold)],
        rules=rules,
        publication=publication,
        seconds={**clock.seconds, **found.seconds},
        printed_changes=_printed_changes(found.cells, last, before, catalog, publication, rules),
    )


def _unjudged(selection: Selection, publication: Publication) -> list[str]:
    """What the proof leaves out, said to who approves."""
    if publication.judges_months or not selection.years_with_months:
        return []
    years = "、".join(map(labels.fiscal_year_text, selection.years_with_months))
    return [
        f"{years}は月別も載せるため、ある指標の件数がほかの指標の件数に含まれること（つなぎのうち30日以内の初回相談など）"
        "を使った推測は、確かめていません。月別を載せない年度では、確かめています。"
    ]


def choose(store: Store, options: Options, publication: Publication, catalog: Mapping[str, Indicator]) -> Selection:
    """The indicators and periods asked for. Raises NothingToPublish for a year that is not over or not there."""
    complete = complete_years(store)
    years = sorted(set(options.fiscal_years)) or complete[-publication.fiscal_years :]
    unknown = [year for year in years if year not in complete]
    if unknown or not years:
        named = "、".join(map(labels.fiscal_year_text, unknown)) or "終わった年度"
        raise NothingToPublish(
            f"{named}の報告がそろっていないため、公表できません。年度が終わってから公表してください。"
        )
    with_months = years[-publication.years_with_months :] if publication.years_with_months else []
    if options.years_with_months is not None:
        with_months = [year for year in years if year in options.years_with_months]
    coarser = dict(publication.coarser)
    for name, parts in options.coarser.items():
        coarser[name] = coarser.get(name, frozenset()) | parts
    return Selection(publication.chosen(catalog, options.indicators), years, with_months, coarser)


class _Clock:
    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._since = time.perf_counter()

    def took(self, step: str) -> None:
        now = time.perf_counter()
        self.seconds[step] = now - self._since
        self._since = now


def _scaled(say: Progress, first: float, last: float) -> Callable[[str, float], None]:
    return lambda step, share: say(step, first + share * (last - first))


def _last_entry(ledger: Ledger) -> Entry | None:
    entries = [entry for entry in ledger.entries() if entry.state in ("published", "withdrawn")]
    return entries[-1] if entries else None


def _printed_changes(
    cells: pd.DataFrame,
    last: Entry | None,
    before: pd.DataFrame | None,
    catalog: Mapping[str, Indicator],
    publication: Publication,
    rules: Rules,
) -> pd.DataFrame:
    """public.change: from what is printed alone, since a change of what is hidden would be told by its count."""
    if last is None or before is None:
        return pd.DataFrame(columns=["title", *COLUMNS])
    before = before[before["indicator_id"].isin(list(catalog))]  # an indicator that is no more has no words either
    rules_then = replace(rules, rounding=last.told["rules"]["rounding"])
    now_printed, then_printed = (
        printed_figures(frame, catalog, publication.facts, of) for frame, of in ((cells, rules), (before, rules_then))
    )
    found = printed_difference(now_printed, then_printed)
    return found.assign(title=[catalog[str(one)].title for one in found["indicator_id"]])


def _loss(cells: pd.DataFrame, indicators: Sequence[Indicator], publication: Publication) -> pd.DataFrame:
    """Per indicator: figures printed as a number or x, of them hidden as small and hidden to protect others."""
    rows: list[dict[str, object]] = []
    for one in indicators:
        if one.id in publication.facts:
            continue
        mine = cells[(cells["indicator_id"] == one.id) & ~cells["state"].isin(["not_sent", "not_applicable"])]
        parts = list(HIDDEN) if one.kind != "rate" else list(HIDDEN)[:1]
        reasons = pd.concat([mine[REASON[part]] for part in parts], ignore_index=True)
        is_gone = mine[list(HIDDEN.values())].any(axis=1)
        rows.append(
            {
                "indicator_id": one.id,
                "title": one.title,
                "figures": len(reasons),
                "primary": int((reasons == "primary").sum()),
                "complementary": int(reasons.isin(["complementary", "earlier"]).sum()),
                "hidden_share": float((reasons != "").mean()) if len(reasons) else 0.0,
                "rows": len(mine),
                "rows_hidden": int(is_gone.sum()),
            }
        )
    columns = ["indicator_id", "title", "figures", "primary", "complementary", "hidden_share", "rows", "rows_hidden"]
    return pd.DataFrame(rows, columns=columns)


def _digest(found: Protected, tables: Tables, rules: Rules, database: Path, examples: Sequence[Example]) -> str:
    """A name for exactly this draft, so that what is approved is what is published."""
    told = hashlib.sha256()
    for frame in (found.cells, found.proof, tables.areas):
        told.update(frame.to_csv(index=False).encode())
    for part in (rules, database.name, list(examples)):
        told.update(repr(part).encode())
    return told.hexdigest()
