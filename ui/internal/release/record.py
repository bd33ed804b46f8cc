"""The record of all releases: who approved what, what became of it, and the way to take one back."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from desk import approvals
from desk.records import Desk
from desk.where import desk_url
from etl.store import Place
from release.ledger import Entry, Ledger
from release.publish import withdraw
from release.where import POINTER, SITE, PublicPlace, ledger_folder, public_place
from ui import frame, labels, tables
from ui.audience import PUBLIC_DATABASE
from ui.internal.person import person
from ui.internal.release import own_errors
from ui.internal.release.approval import SAID

STATES = {
    "published": "公表済み",
    "withdrawn": "取り下げ",
    "abandoned": "中止（誰にも公表していない）",
    "intended": "公表の途中",
}


def standing_section(place: Place) -> None:
    """What the public sees now, and where its files lie."""
    public, entries = public_place(place), Ledger(ledger_folder(place)).entries()
    current = public.current()
    entry = next((one for one in entries if current is not None and one.folder == current.name), None)
    if current is not None and entry is None:
        st.warning(
            "いま公表用のフォルダーにあるのは、別のデータベース（架空データの見本など）から公表したものです。"
            "ここから公表すると、置き換わります。"
        )
    elif entry is None:
        frame.nothing_here(
            "公表しているデータはありません。",
            "まだ公表していないか、公表したデータを取り下げています。" if entries else "まだ一度も公表していません。",
            "下の「公表案を作る」で案を作り、内容を確かめて承認すると、公表されます。",
        )
    else:
        _standing(public, entry)


def _standing(public: PublicPlace, entry: Entry) -> None:
    years = "、".join(labels.fiscal_year_text(int(year)) for year in entry.told["fiscal_years"])
    pointer = public.folder / POINTER
    how = "" if pointer == PUBLIC_DATABASE else "、`RENKEI_PUBLIC_DB` にこの場所を書いて"
    st.markdown(
        f"いま公表しているのは**第{entry.number}回**（{years}、{_moment(entry.told['approved_at'])}に"
        f"{entry.approved_by}が承認）です。"
    )
    st.markdown(
        f"- 静的なページ：`{public.folder / f'public_{SITE}'}`"
        "（`index.html`から開けます。ファイルサーバーやCMSに置けます）\n"
        f"- オープンデータ：`{public.folder / entry.folder / 'data'}`\n"
        f"- 公表用のデータベース：`{pointer}`。"
        f"公表版の画面は、環境変数 `RENKEI_AUDIENCE` を付けずに{how}起動すると開きます。"
    )


def section(place: Place, about: Sequence[str]) -> None:
    entries = Ledger(ledger_folder(place)).entries()
    if not entries:
        st.markdown("公表の記録はまだありません。")
        return
    tables.data_table(
        lambda: table_of(entries), key="record", title="公表の記録", about=about, open_at_start=True
    )  # fmt: skip
    _proof_of(place, entries)
    _withdraw_form(place, [entry for entry in entries if entry.state == "published"])


def table_of(entries: Sequence[Entry]) -> pd.DataFrame:
    """One row a release, the newest first. Counts of what is hidden, never a count that is."""
    return pd.DataFrame(
        [
            {
                "番号": f"第{one.number}回",
                "状態": STATES[one.state],
                "承認した人": one.approved_by,
                "承認日時": _moment(one.told["approved_at"]),
                "年度": "、".join(labels.fiscal_year_text(int(year)) for year in one.told["fiscal_years"]),
                "指標": len(one.told["indicators"]),
                "伏せた数値": f"{one.told['safety']['hidden']:,}",
                "推測できる数値": f"{one.told['safety']['open']:,}",
                "取り下げ": _withdrawn(one),
            }
            for one in reversed(entries)
        ]
    )


def _withdrawn(entry: Entry) -> str:
    told = entry.withdrawn
    if told is None:
        return labels.NOT_APPLICABLE
    return f"{_moment(str(told['at']))}　{told.get('who', '')}　{told.get('reason', '')}"


def _moment(iso: str) -> str:
    return f"{labels.day_text(iso[:10])} {iso[11:16]}"


def _proof_of(place: Place, entries: Sequence[Entry]) -> None:
    """The kept proof of any release."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="kept-proofs"):
        number = st.selectbox(
            "証明を保存する公表", [one.number for one in reversed(entries)], format_func=lambda one: f"第{one}回",
            key="proof-number", width=220,
        )  # fmt: skip
        ledger = Ledger(ledger_folder(place))
        st.download_button(
            "証明を保存（JSON）",
            data=lambda: json.dumps(ledger.proof(number), ensure_ascii=False, indent=1).encode(),
            file_name=f"公表_第{number}回_証明.json", mime="application/json", on_click="ignore", key="kept-proof",
            icon=":material/download:",
        )  # fmt: skip


def _withdraw_form(place: Place, published: Sequence[Entry]) -> None:
    if not published:
        return
    with (
        st.expander("公表を取り下げる", icon=":material/undo:", key="withdraw-release"),
        st.form("withdraw-release-form"),
    ):
        st.markdown(
            "公表したファイルを下げます。前の公表があればそれが表示され、なければ何も表示されません。"
            "既に見た人がいるものとして、記録は残り、以後の公表の計算に入ります。"
        )
        number = st.selectbox(
            "取り下げる公表", [one.number for one in reversed(published)], format_func=lambda one: f"第{one}回",
            key="withdraw-number",
        )  # fmt: skip
        reason = st.text_input("取り下げる理由", key="withdraw-release-reason", max_chars=approvals.LONGEST_REASON)
        sure = st.checkbox("取り下げることを確かめました", key="withdraw-release-sure")
        asked = st.form_submit_button("取り下げる", icon=":material/undo:")
    if not asked:
        return
    if not sure:
        st.warning("「取り下げることを確かめました」に印を付けてください。")
        return
    with own_errors.told():
        kept = approvals.withdraw(Desk(desk_url(place)), int(number), reason or "", person())
        withdraw(place, kept.number, kept.who, kept.reason)
        st.session_state[SAID] = f"第{kept.number}回の公表を取り下げました。"
        st.rerun()
