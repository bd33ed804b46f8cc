"""Who is served: the internal pages only to this machine, the public pages only from a published release."""

from __future__ import annotations

import ipaddress
import os
from pathlib import Path

import streamlit as st

PUBLIC_DATABASE = Path("data/build/public.duckdb")


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


def reason_to_refuse() -> str | None:
    """Why nothing may be shown, as text for the page and the log; None when pages may run."""
    address = st.get_option("server.address")
    if audience() == "internal":
        return None if is_loopback(address) else open_internal_text(address)
    return NO_RELEASE


def open_internal_text(address: str | None) -> str:
    return f"""**庁内向けの画面は表示できません。**

このサーバーはほかの端末からも接続できる設定（{address or "アドレス指定なし"}）ですが、ログインの設定がありません。
庁内向けの画面には公表前の件数が含まれるため、この状態では表示しません。

- この端末だけで使う場合：`--server.address 127.0.0.1` を付けて起動し直してください（`make run` はこの設定です）。
- 公表用の画面を出す場合：環境変数 `RENKEI_AUDIENCE` を外して起動し直してください。"""


NO_RELEASE = f"""**公表されたデータがまだありません。**

公表用のデータベース（`{PUBLIC_DATABASE}`）からの公表がまだ行われていないため、表示できるものがありません。
庁内の担当者は、環境変数 `RENKEI_AUDIENCE=internal` を付けて起動すると、庁内向けの画面を使えます。"""
