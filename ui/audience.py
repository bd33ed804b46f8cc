"""Who is served: the internal pages only to this machine, the public pages only from a published release."""

from __future__ import annotations

import ipaddress

import streamlit as st


def is_loopback(address: str | None) -> bool:
    """True for an address that only this machine can reach. Unset means every interface, so it is not."""
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address or "").is_loopback
    except ValueError:
        return False


def refuse_open_internal() -> None:
    """Stops the run when internal pages would be served to other machines while nobody has to log in."""
    address = st.get_option("server.address")
    if is_loopback(address):
        return
    st.error(
        f"""**庁内向けの画面は表示できません。**

このサーバーはほかの端末からも接続できる設定（{address or "アドレス指定なし"}）ですが、ログインの設定がありません。
庁内向けの画面には公表前の件数が含まれるため、この状態では表示しません。

- この端末だけで使う場合：`--server.address 127.0.0.1` を付けて起動し直してください（`make run` はこの設定です）。
- 公表用の画面を出す場合：環境変数 `RENKEI_AUDIENCE` を外して起動し直してください。""",
        icon=":material/lock:",
    )
    st.stop()


def refuse_public() -> None:
    """Says that there is no release to show, and stops."""
    st.title("連携ダッシュボード（公表版）")
    st.info(
        """**公表されたデータがまだありません。**

公表用のデータベース（`data/build/public.duckdb`）が見つからないため、表示できるものがありません。
庁内の担当者は、環境変数 `RENKEI_AUDIENCE=internal` を付けて起動すると、庁内向けの画面を使えます。""",
        icon=":material/lock:",
    )
    st.stop()
