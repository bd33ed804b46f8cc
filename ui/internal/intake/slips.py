"""Downloads of return slips: one file's, and all of an upload in one archive."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from etl.load import Incoming
from etl.receipts import Receipt
from etl.slip import write_slip
from ui.internal.intake.batch import Handed, needs_answer

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def slip_name(receipt: Receipt) -> str:
    return f"返却票_{Path(receipt.file).stem}.xlsx"


def slip_button(receipt: Receipt, incoming: Incoming | None, reason: str | None, *, key: str) -> None:
    """The button of one file's slip; `reason` says why it is only the list where it is."""
    if not needs_answer(receipt):
        return
    st.download_button(
        "返却票（一覧のみ）を保存" if reason else "返却票を保存（Excel）",
        data=lambda: write_slip(incoming or _nothing(receipt), receipt),
        file_name=slip_name(receipt), mime=XLSX, on_click="ignore", key=key, icon=":material/assignment_return:",
    )  # fmt: skip
    if reason:
        st.caption(reason)


def all_slips(files: Sequence[Handed]) -> None:
    """One archive of all slips, where there is more than one."""
    with_slip = [one for one in files if needs_answer(one.receipt)]
    if len(with_slip) < 2:
        return
    st.download_button(
        f"返却票{len(with_slip):,}件をまとめて保存（ZIP）", data=lambda: archive(with_slip), file_name="返却票.zip",
        mime="application/zip", on_click="ignore", key="slips", icon=":material/folder_zip:",
    )  # fmt: skip


def archive(files: Sequence[Handed]) -> bytes:
    """The slips of files as a ZIP; two files of one name get a number."""
    body = io.BytesIO()
    used: set[str] = set()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as made:
        for one in files:
            name, number = slip_name(one.receipt), 2
            while name in used:
                name, number = f"返却票_{Path(one.receipt.file).stem}({number}).xlsx", number + 1
            used.add(name)
            made.writestr(name, write_slip(one.incoming or _nothing(one.receipt), one.receipt))
    return body.getvalue()


def _nothing(receipt: Receipt) -> Incoming:
    """Stands for a file of which nothing was kept."""
    return Incoming(receipt.file, b"")
