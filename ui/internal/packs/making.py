"""Making the files: on the page for one pack, by two processes for many; what was made waits to be saved."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from desk.choices import Choice
from reports.archive import ArchiveFailed, write_archive
from reports.content import Pack
from reports.formats import FORMATS, MIME, write
from reports.pack import make_pack
from reports.sources import Options
from ui import labels
from ui.internal import store
from ui.internal.packs import chosen

KEY = "pack-made"


@dataclass(frozen=True)
class Made:
    """Files by name, and what they were made from: they are offered only while the page still says the same."""

    of: tuple[str, Choice, int]
    files: Mapping[str, bytes]


@st.cache_resource(max_entries=8, show_spinner=False)
def pack_of(version: str, options: Options, entries: int) -> Pack:
    """A pack, kept until the database, the choice or the desk (its number of entries) changes."""
    del entries
    return make_pack(store.answers(version), options)


def section(version: str, choice: Choice, entries: int) -> None:
    """The button, the progress, the files."""
    asked_for = chosen.options(version, choice)
    count = len(asked_for) * len(choice.formats)
    of = (version, choice, entries)
    made: Made | None = st.session_state.get(KEY)
    with st.container(horizontal=True, vertical_alignment="center", key="pack-tools"):
        asked = st.button("作成する", type="primary", key="make-pack", icon=":material/slideshow:")
        st.caption(
            f"{len(asked_for)}市区町村、{count}ファイルをZIPにまとめます。"
            if len(asked_for) > 1
            else f"{count}ファイル"
        )
    if asked:
        st.session_state.pop(KEY, None)
        files = (
            _many(version, asked_for, choice) if len(asked_for) > 1 else _one(version, asked_for[0], choice, entries)
        )
        made = st.session_state[KEY] = Made(of, files) if files else None
    if made and made.of == of:
        _offer(made.files)


def _one(version: str, options: Options, choice: Choice, entries: int) -> dict[str, bytes]:
    with st.status("資料を作成しています…", expanded=False) as status, tempfile.TemporaryDirectory() as folder:
        pack = pack_of(version, options, entries)
        files = {}
        for number, ending in enumerate(choice.formats, 1):
            status.update(label=f"資料を作成しています…　{number}／{len(choice.formats)}：{FORMATS[ending]}")
            path = Path(folder) / f"{pack.file_stem}.{ending}"
            write(pack, path)
            files[path.name] = path.read_bytes()
        status.update(label="作成しました。", state="complete")
    return files


def _many(version: str, asked_for: Sequence[Options], choice: Choice) -> dict[str, bytes]:
    """Any click stops it: the next word to the status then ends the run, and with it the processes."""
    name = f"会議資料_{len(asked_for)}市区町村_{labels.fiscal_year_text(choice.fiscal_year)}.zip"
    with st.status("資料を作成しています…", expanded=True) as status, tempfile.TemporaryDirectory() as folder:
        bar = st.progress(0.0, text="準備しています…")
        st.button("やめる", key="stop-pack", icon=":material/stop:")

        def told(made: int, of: int, where: str) -> None:
            bar.progress(made / of, text=f"{made:,}／{of:,}ファイル　{where}")

        try:
            path = write_archive(version, asked_for, choice.formats, Path(folder) / "made.zip", told=told)
        except ArchiveFailed as failed:
            print(f"packs: {failed}", flush=True)
            status.update(label="作成できませんでした。", state="error")
            st.error("資料の作成が途中で止まりました。何も保存していません。もう一度行ってください。")
            return {}
        bar.empty()
        status.update(label=f"{len(asked_for)}市区町村分を作成しました。", state="complete", expanded=False)
        return {name: path.read_bytes()}


def _offer(files: Mapping[str, bytes]) -> None:
    with st.container(horizontal=True, key="pack-files"):
        for name, data in files.items():
            ending = name.rpartition(".")[2]
            st.download_button(
                f"{FORMATS.get(ending, 'ZIP（.zip）')}を保存（{max(1, len(data) // 1024):,}KB）", data=data,
                file_name=name, mime=MIME[ending], on_click="ignore", key=f"save-{ending}",
                icon=":material/download:",
            )  # fmt: skip
