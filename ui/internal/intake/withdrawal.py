"""Taking back a load: asked for with a reason and a confirmation. The receipt stays."""

from __future__ import annotations

import streamlit as st

from etl.load import undo
from etl.receipts import Receipt
from etl.store import Place
from ui.internal.intake import own_errors
from ui.internal.person import person


def withdraw_form(place: Place, receipt: Receipt) -> None:
    with (
        st.expander("この受け入れを取り消す", icon=":material/undo:", key=f"withdraw-{receipt.load_id}"),
        st.form(f"withdraw-form-{receipt.load_id}"),
    ):
        st.markdown(
            f"このファイルの{receipt.rows_accepted:,}行を集計から外します。"
            + (f"このファイルが置き換えた{receipt.rows_replaced:,}行は元に戻ります。" if receipt.rows_replaced else "")
            + "受け取りの記録は残り、誰がいつなぜ取り消したかを書き添えます。同じファイルは、もう一度読み込めます。"
        )
        reason = st.text_input(
            "取り消す理由", key="withdraw-reason", max_chars=200, placeholder="例：宛先違いのファイル"
        )
        sure = st.checkbox("取り消すことを確かめました", key="withdraw-sure")
        asked = st.form_submit_button("取り消す", icon=":material/undo:")
    if not asked:
        return
    if not (reason or "").strip():
        st.warning("取り消す理由を書いてください。")
    elif not sure:
        st.warning("「取り消すことを確かめました」に印を付けてください。")
    else:
        with own_errors.told(), st.spinner("取り消して、集計し直しています…"):
            undo(place, receipt.load_id, person(), reason.strip())
            st.rerun()
