"""Who is served: the internal pages only to this machine, the public pages only from a published release."""

from __future__ import annotations

import ipaddress
import os
from pathlib import Path

import streamlit as st

PUBLIC_DATABASE = Path("data/build/public.duckdb")
# A pointer is a link or a small text file; a file above this size is a database that stands there by itself.
LARGEST_POINTER = 4096


def audience() -> str:
    """'internal' only when told so; whatever else the environment says is the public."""
    return "internal" if os.environ.get("RENKEI_AUDIENCE") == "internal" else "public"


def is_loopback(address: str | None) -> bool:
    """True for an address that only this machine can reach. Unset means every interface, so it is not."""
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address or "").is_loopback
    except ValueError:
        return False


def published_database() -> Path | None:
    """The database of the current release, RENKEI_PUBLIC_DB or the usual place; None when there is none.

    Read here and not by etl.store, which the process that serves the public must not reach.
    """
    pointer = Path(os.environ.get("RENKEI_PUBLIC_DB") or PUBLIC_DATABASE)
    if pointer.is_symlink():
        target = pointer.parent / os.readlink(pointer)
    elif not pointer.is_file():
        return None
    elif pointer.stat().st_size > LARGEST_POINTER:
        target = pointer
    else:
        target = pointer.parent / pointer.read_text(encoding="utf-8").strip()
    return target.resolve() if target.is_file() else None


def reason_to_refuse() -> str | None:
    """Why nothing may be shown, as text for the page and the log; None when pages may run."""
    address = st.get_option("server.address")
    if audience() == "internal":
        return None if is_loopback(address) else open_internal_text(address)
    return None if published_database() else NO_RELEASE


def open_internal_text(address: str | None) -> str:
    return f"""**庁内向けの画面は表示できません。**

このサーバーはほかの端末からも接続できる設定（{address or "アドレス指定なし"}）ですが、ログインの設定がありません。
庁内向けの画面には公表前の件数が含まれるため、この状態では表示しません。

- この端末だけで使う場合：`--server.address 127.0.0.1` を付けて起動し直してください（`make run` はこの設定です）。
- 公表用の画面を出す場合：環境変数 `RENKEI_AUDIENCE` を外して起動し直してください。"""


NO_RELEASE = f"""**公表されたデータがまだありません。**

公表がまだ行われていないか、公表したデータが取り下げられました。公表されると、この画面で見られます。

庁内の担当者の方へ：公表用のデータベース（`{PUBLIC_DATABASE}`）がありません。
環境変数 `RENKEI_AUDIENCE=internal` を付けて起動すると、庁内向けの画面を使え、「公表」の画面から公表できます。"""
