"""The files of a release to be downloaded: one CSV an indicator, the description of the data, all in one archive."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from ui import frame
from ui.public import store

PACKAGE, SAFETY, FILES = "datapackage.json", "safety.json", "data"


@dataclass(frozen=True)
class DataFile:
    """One file of the release: its place in the release's folder, what it holds, how large it is."""

    path: str
    title: str
    size: int


def _root(version: str) -> Path:
    """The folder that the description and its files lie in."""
    folder = store.folder(version)
    return folder / FILES if (folder / FILES / PACKAGE).is_file() else folder


@st.cache_data(max_entries=4, show_spinner=False)
def package(version: str) -> Mapping[str, Any]:
    """The description that came with the release; empty without one."""
    path = _root(version) / PACKAGE
    found: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return found


@st.cache_data(max_entries=4, show_spinner=False)
def data_files(version: str) -> list[DataFile]:
    """The CSV files that the description lists and that are there, in its order."""
    folder, found = _root(version), []
    for resource in package(version).get("resources", []):
        path = folder / resource["path"]
        # The description is ours, but a file is only ever taken from the release's own folder.
        if path.is_file() and path.resolve().is_relative_to(folder.resolve()):
            found.append(DataFile(resource["path"], resource.get("title", resource["name"]), path.stat().st_size))
    return found


@st.cache_data(max_entries=2, show_spinner=False)
def archive(version: str) -> bytes:
    """Everything in one ZIP file: the CSV files and their description."""
    packed, folder = io.BytesIO(), _root(version)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in [PACKAGE, *(one.path for one in data_files(version))]:
            target.writestr(name, (folder / name).read_bytes())
    return packed.getvalue()


@st.cache_data(max_entries=4, show_spinner=False)
def hidden_text(version: str) -> str:
    """How many figures of the release are hidden, and that it was looked whether they can be worked out."""
    path = store.folder(version) / SAFETY
    if not path.is_file():
        return "「定義」の「数値を伏せる決まり」を見てください。"
    told = json.loads(path.read_text(encoding="utf-8"))
    earlier = f"とこれまでの{told['earlier_releases']}回の公表" if told["earlier_releases"] else ""
    return (
        f"人や件数を数えた数値{told['figures']:,}件のうち{told['hidden']:,}件を伏せました。伏せた数値など"
        f"{told['attacked']:,}件について、この公表{earlier}の数値から計算で当てられないことを確かめました。"
    )


def section(version: str) -> None:
    """The downloads."""
    found, number = data_files(version), store.release(version)["number"]
    if not found:
        frame.nothing_here(
            "保存できるファイルがありません。",
            "この公表には、オープンデータのファイルが付いていません。",
            "「指標」の画面の表から、見ている値をCSVで保存できます。",
        )
        return
    mark = "架空データ_" if store.release(version)["is_sample"] else ""
    total = sum(one.size for one in found)
    st.markdown(f"指標ごとのCSVファイル**{len(found)}**件（合わせて{size_text(total)}）を保存できます。")
    with st.container(horizontal=True):
        st.download_button(
            "全てまとめて保存（ZIP）", data=lambda: archive(version), mime="application/zip",
            file_name=f"{mark}公表データ_第{number}回.zip", on_click="ignore", key="all", type="primary",
            icon=":material/folder_zip:",
        )  # fmt: skip
        st.download_button(
            "データの説明（datapackage.json）", data=lambda: _read(version, PACKAGE), mime="application/json",
            file_name=PACKAGE, on_click="ignore", key="package", icon=":material/data_object:",
        )  # fmt: skip
    with st.expander("指標ごとに保存する（CSV）", key="each-file"):
        for one in found:
            st.download_button(
                f"{one.title}（{size_text(one.size)}）", data=_reader(version, one.path), mime="text/csv",
                file_name=Path(one.path).name, on_click="ignore", key=f"file-{one.path}", type="tertiary",
                icon=":material/download:",
            )  # fmt: skip


def columns_table(version: str) -> pd.DataFrame:
    """The columns of the files as their description has them."""
    resources = package(version).get("resources", [])
    fields = resources[0].get("schema", {}).get("fields", []) if resources else []
    return pd.DataFrame(
        [{"列": one["name"], "内容": one.get("description", one.get("title", ""))} for one in fields],
        columns=["列", "内容"],
    )


def _reader(version: str, path: str) -> Any:
    return lambda: _read(version, path)


def _read(version: str, path: str) -> bytes:
    return (_root(version) / path).read_bytes()


def size_text(size: int) -> str:
    return f"{max(size / 1024, 1):,.0f}KB" if size < 1024**2 else f"{size / 1024**2:,.1f}MB"
