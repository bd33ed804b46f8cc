"""Makes an approved draft public, and takes a release back. Killed at any moment, the old release stands or the new.

The order is what makes it so: write everything beside the current release, enter it in the ledger, then let the public
see it by one rename, then note that it was seen.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from etl.store import Place, current_version
from metrics.catalog import load_catalog
from release.database import SAMPLE_NOTE, Published, Release, write_database
from release.draft import Draft, quiet
from release.examples import personal
from release.figures import printed_figures
from release.ledger import PUBLISHED, WITHDRAWN, Entry, Ledger
from release.opendata import write_open_data
from release.safety import Progress
from release.site import write_site
from release.store import PublicStore
from release.tables import members_of
from release.where import DATABASE, SITE, PublicPlace, ledger_folder, public_place


class Refused(ValueError):  # noqa: N818
    """The draft may not become public; the message says why and what to do."""


class NotWithdrawable(LookupError):  # noqa: N818
    """There is no such release, or it is not public any more."""


class NotWritten(RuntimeError):  # noqa: N818
    """The disk did not take the files of a release; the message says what the public sees and what to do."""


@dataclass(frozen=True)
class Approval:
    """Who answers for a draft, and which one."""

    name: str
    digest: str
    at: datetime


@dataclass(frozen=True)
class Released:
    """A release that the public sees."""

    number: int
    folder: Path


def publish(draft: Draft, approval: Approval, place: Place, out: Path | None = None, say: Progress = quiet) -> Released:
    """Writes the release and makes it current. Raises Refused and LedgerBusy; then nothing has changed. Raises
    NotWritten; then what the public sees has not changed, unless the message says so."""
    ledger, public = Ledger(ledger_folder(place)), public_place(place, out)
    with _told_if_unwritten(public), ledger.writing():
        recover(ledger, public)
        _refuse(draft, approval, ledger, place)
        work = public.new_work()
        try:
            write_release(work, draft, datetime.now().replace(microsecond=0), say)
            number = ledger.enter(_told(draft, approval, public.final_name(work), work), draft.cells, _proof(draft))
        except BaseException:
            shutil.rmtree(work, ignore_errors=True)
            raise
        final = public.settle(work)
        public.make_current(final)
        ledger.say(number, PUBLISHED, {})
        public.keep_last(int(draft.publication.package["versions_kept"]))
    say("公表しました", 1.0)
    return Released(number, final)


@contextmanager
def _told_if_unwritten(public: PublicPlace) -> Iterator[None]:
    """A full or closed disk in words. DuckDB has errors of its own for it."""
    before = public.current()
    try:
        yield
    except (OSError, duckdb.Error) as error:
        why = f"（{error.strerror}）" if isinstance(error, OSError) and error.strerror else ""
        stands = (
            "公表中のものは変わっていません。" if public.current() == before else "新しい公表に切り替わっています。"
        )
        raise NotWritten(
            f"ファイルを最後まで書き込めませんでした{why}。{stands}"
            f"{public.folder} のディスクの空き容量と、書き込む権限を確かめてから、もう一度行ってください。"
        ) from error


def withdraw(place: Place, number: int, who: str, reason: str, out: Path | None = None) -> Path | None:
    """Takes a release away; returns the folder of the one that the public sees from now on. Raises NotWithdrawable,
    NotWritten.

    The ledger keeps it: what was seen can't be unseen, and counts for every later release.
    """
    ledger, public = Ledger(ledger_folder(place)), public_place(place, out)
    with _told_if_unwritten(public), ledger.writing():
        recover(ledger, public)
        entry = next((one for one in ledger.entries() if one.number == number), None)
        if entry is None or entry.state != "published":
            raise NotWithdrawable(f"取り下げられる公表（第{number}号）がありません。status で番号を確かめてください。")
        ledger.say(number, WITHDRAWN, {"who": who, "reason": reason})
        recover(ledger, public)
        return public.current()


def recover(ledger: Ledger, public: PublicPlace) -> None:
    """Brings to an end what a killed process began. Only call it under the lock."""
    public.clear_work()
    current = public.current()
    ledger.settle(current.name if current else None)
    entries = ledger.entries()
    gone = [entry for entry in entries if entry.state in ("withdrawn", "abandoned")]
    if current is not None and current.name in {entry.folder for entry in gone}:
        left = _last_standing(entries, public)
        public.make_current(left) if left else public.make_none_current()
    for entry in gone:
        shutil.rmtree(public.version(entry.folder), ignore_errors=True)


def _last_standing(entries: list[Entry], public: PublicPlace) -> Path | None:
    folders = [public.version(entry.folder) for entry in entries if entry.state == "published"]
    return next((folder for folder in reversed(folders) if folder.is_dir()), None)


def _refuse(draft: Draft, approval: Approval, ledger: Ledger, place: Place) -> None:
    if not draft.is_safe:
        names = "、".join(_name(draft, row) for row in draft.open_cells.head(5).itertuples())
        ways = "".join(one.sentence for one in draft.suggestions)
        raise Refused(f"伏せた件数のうち{len(draft.open_cells)}件が、公表する数値から推測できます（{names}）。{ways}")
    if found := personal(draft.examples):
        raise Refused(f"{''.join(found)}「事例」の画面で書き直すか、一般公開をやめ、案を作り直してください。")
    if not approval.name.strip():
        raise Refused("承認した人の名前を入力してください。")
    if approval.digest != draft.digest:
        raise Refused("承認された案と、公表しようとしている案が異なります。もう一度確認して承認してください。")
    current = current_version(place.pointer)
    if current is None or current.name != draft.database or ledger.next_number() != draft.number:
        raise Refused("案を作った後に、報告が読み込まれたか、別の公表が行われました。案を作り直してください。")


def _name(draft: Draft, row: Any) -> str:
    titles = {one.id: one.title for one in draft.indicators}
    areas = dict(zip(draft.areas["area_code"], draft.areas["name"], strict=True))
    return f"{titles.get(row.indicator_id, row.indicator_id)} {areas.get(row.area_code, row.area_code)} {row.period}"


def write_release(folder: Path, draft: Draft, at: datetime, say: Callable[[str, float], None] = quiet) -> None:
    """All public files of a draft, into an empty folder."""
    say("公表用のデータベースを書いています", 0.1)
    published = _published(draft, at)
    write_database(folder / DATABASE, published)
    say("オープンデータを書いています", 0.3)
    write_open_data(folder / "data", published, draft.publication.package)
    (folder / "safety.json").write_text(json.dumps(safety(draft), ensure_ascii=False, indent=1), encoding="utf-8")
    say("公表用のページを書いています", 0.5)
    with PublicStore(folder / DATABASE) as store:
        write_site(
            store, folder / SITE, folder / "data", lambda share: say("公表用のページを書いています", 0.5 + share * 0.4)
        )


def _published(draft: Draft, at: datetime) -> Published:
    package = draft.publication.package
    code, name = draft.prefecture
    release = Release(
        number=draft.number,
        published_at=at,
        data_end=draft.data_end,
        prefecture_code=code,
        prefecture_name=name,
        is_sample=draft.is_sample,
        threshold=draft.rules.threshold,
        rounding=draft.rules.rounding,
        licence=f"{package['licence_title']}（{package['licence']}）",
        note=SAMPLE_NOTE if draft.is_sample else "",
    )
    figures = printed_figures(draft.cells, load_catalog(), draft.publication.facts, draft.rules)
    return Published(release, draft.indicators, draft.areas, figures, draft.examples, draft.printed_changes)


def safety(draft: Draft) -> dict[str, Any]:
    """The proof without a single value: how many counts are hidden, and that none can be worked out."""
    return {
        "release": draft.number,
        "rules": {
            "version": draft.rules.version,
            "threshold": draft.rules.threshold,
            "width": draft.rules.needed_width,
        },
        "figures": int(draft.loss["figures"].sum()),
        "hidden": int(draft.loss[["primary", "complementary"]].sum().sum()),
        "attacked": len(draft.proof),
        "open": len(draft.open_cells),
        "earlier_releases": draft.number - 1,
    }


def _proof(draft: Draft) -> dict[str, Any]:
    rows = draft.proof.astype(object).where(draft.proof.notna(), None)
    # An interval without an upper end is said in words: JSON knows no infinity.
    cells = [
        {key: "unlimited" if value == float("inf") else value for key, value in row.items()}
        for row in rows.to_dict("records")
    ]
    return {**safety(draft), "systems": draft.systems.to_dict("records"), "cells": cells}


def _told(draft: Draft, approval: Approval, folder: str, work: Path) -> dict[str, Any]:
    files = sorted(path for path in work.rglob("*") if path.is_file())
    return {
        "folder": folder,
        "approved_by": approval.name.strip(),
        "approved_at": approval.at.isoformat("T", "seconds"),
        "digest": draft.digest,
        "database": draft.database,
        "data_end": draft.data_end.isoformat(),
        "fiscal_years": list(draft.fiscal_years),
        "years_with_months": list(draft.years_with_months),
        "indicators": [one.id for one in draft.indicators],
        "members": members_of(draft.areas),
        "rules": asdict(draft.rules),
        "publication": draft.publication.version,
        "safety": safety(draft),
        "held_back": draft.held_back.to_dict("records"),
        "changes": draft.changes.to_dict("records"),
        "sha256": {path.relative_to(work).as_posix(): _sha256(path) for path in files},
    }


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
