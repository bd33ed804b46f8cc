"""The intake page's sections: upload with results in words, the record of receipts, months sent and missing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pandas as pd
import streamlit as st

from etl.build import PrefectureMismatch
from etl.declare import all_returns
from etl.load import Incoming, Order, load_files
from etl.receipts import Receipt, receipts
from etl.store import DEFAULT_DATABASE, SAMPLE_DATABASE, Place, StoreBusy, place_of
from ui import filters, frame, labels, tables
from ui.internal import store

OUTCOMES = {"accepted": "受け入れ", "accepted_with_quarantine": "一部保留", "refused": "差し戻し"}
MARKS = {"received": "●", "zero": "0", "partial": "△", "missing": "未"}
SHOWN_RECEIPTS = 200


def upload_section(place: Place, meta: Mapping[str, str] | None) -> None:
    """The form and, after a load, what became of each file (kept until the next load)."""
    is_sample = meta is None or meta.get("sample") == "1"
    with st.form("upload", clear_on_submit=True):
        files = st.file_uploader(
            "相互紹介記録、会議開催・出席記録（CSV、Excel）", type=["csv", "tsv", "txt", "xlsx", "xls"],
            accept_multiple_files=True, key="files",
        )  # fmt: skip
        left, right = st.columns(2)
        with left:
            day = st.date_input(
                "受領日", value=date.today(), max_value=date.today(), key="received", format="YYYY/MM/DD"
            )
        with right:
            st.caption("訂正の報告のとき")
            replace = st.checkbox("同じ市区町村・月の以前の行を置き換える", key="replace", value=False)
        real = is_sample and st.checkbox(
            "実際の報告として読み込む（架空の見本県とは別のデータベースを作ります）", key="real", value=False
        )
        asked = st.form_submit_button("読み込む", type="primary", icon=":material/upload:")
    if asked and files:
        target = place_of(DEFAULT_DATABASE) if real and place.pointer == SAMPLE_DATABASE else place
        incoming = [Incoming(file.name, file.getvalue()) for file in files]
        results = _load(incoming, target, Order(received=day, replace=replace))
        if results is not None:
            st.session_state["results"] = results
            st.rerun()
    elif asked:
        st.warning("ファイルを選んでから「読み込む」を押してください。")
    for receipt in st.session_state.get("results", []):
        _result(receipt)


def _load(incoming: list[Incoming], place: Place, order: Order) -> list[Receipt] | None:
    """Runs the load with progress; None when it could not run, after saying why."""
    bar = st.progress(0.0, text="読み込んでいます…")
    done: list[Receipt] = []

    def told(receipt: Receipt) -> None:
        done.append(receipt)
        bar.progress(len(done) / len(incoming), text=f"{len(done)}／{len(incoming)}：{receipt.file}")

    try:
        return load_files(incoming, place, order, told)
    except PrefectureMismatch as wrong:
        st.error(f"このデータベースは都道府県コード{wrong}のものです。ほかの都道府県の報告は読み込めません。")
    except StoreBusy as busy:
        st.error(str(busy))
    finally:
        bar.empty()
    return None


def _result(receipt: Receipt) -> None:
    """One file's outcome in words, with its problems as a table."""
    title = all_returns()[receipt.return_id].title if receipt.return_id else "種類の分からないファイル"
    if receipt.unchanged:
        st.info(f"**{receipt.file}**：受け取り済みのため、変更していません。", icon=":material/check:")
        return
    if receipt.outcome == "refused":
        st.error(f"**{receipt.file}**：差し戻し。何も保存していません。", icon=":material/block:")
    elif receipt.outcome == "accepted":
        st.success(
            f"**{receipt.file}**（{title}）：{receipt.rows_accepted:,}行を受け入れました。", icon=":material/check:"
        )
    else:
        st.warning(
            f"**{receipt.file}**（{title}）：{receipt.rows_accepted:,}行を受け入れ、"
            f"{receipt.rows_quarantined:,}行を保留しました。",
            icon=":material/rule:",
        )
    if receipt.problems:
        table = problem_table(receipt)
        st.dataframe(table, hide_index=True, width="stretch", key=f"problems-{receipt.load_id}", row_height=56)
        st.download_button(
            "この一覧をCSVで保存", data=lambda: tables.csv_bytes(table, [receipt.file]), mime="text/csv",
            file_name=f"確認事項_{Path(receipt.file).stem}.csv", on_click="ignore", key=f"save-{receipt.load_id}",
        )  # fmt: skip


def problem_table(receipt: Receipt) -> pd.DataFrame:
    """Problems of a file as a table a clerk can work through."""
    levels = {"file": "差し戻し", "row": "保留", "notice": "お知らせ"}
    return pd.DataFrame(
        [
            {
                "扱い": levels[problem["level"]],
                "シート": problem["sheet"] or "",
                "行": "" if problem["line"] is None else f"{problem['line']}",
                "列": problem["column"] or "",
                "見つかった値": problem["value"] or "",
                "説明と直し方": problem["message"].split("：", 1)[-1],
            }
            for problem in receipt.problems
        ]
    )


def receipts_section(place: Place) -> None:
    found = list(receipts(place.inbox))[::-1]
    if not found:
        frame.nothing_here(
            "まだ受け取りの記録がありません。", "ファイルを1つも読み込んでいません。", "上の欄から読み込んでください。"
        )
        return
    counts = {word: sum(receipt.outcome == outcome for receipt in found) for outcome, word in OUTCOMES.items()}
    told = "、".join(f"{word}{count:,}件" for word, count in counts.items())
    st.markdown(f"これまでに{len(found):,}件のファイルを受け取りました（{told}）。")
    table = pd.DataFrame(
        [
            {
                "受付日時": receipt.loaded_at.replace("T", " "),
                "ファイル": receipt.file,
                "種類": all_returns()[receipt.return_id].title if receipt.return_id else "",
                "結果": "変更なし" if receipt.unchanged else OUTCOMES[receipt.outcome],
                "行": receipt.rows_in_file,
                "受け入れ": receipt.rows_accepted,
                "保留": receipt.rows_quarantined,
                "扱った人": receipt.loaded_by,
                "照合番号": receipt.sha256[:12],
            }
            for receipt in found[:SHOWN_RECEIPTS]
        ]
    )
    st.dataframe(table, hide_index=True, width="stretch", key="receipts", height=320)
    if len(found) > SHOWN_RECEIPTS:
        st.caption(f"新しい順に{SHOWN_RECEIPTS}件を示しています。")
    titles = {one.load_id: f"{one.loaded_at.replace('T', ' ')}　{one.file}" for one in found if one.problems}
    chosen = st.selectbox(
        "受け取りの内容を見る", list(titles)[:SHOWN_RECEIPTS], format_func=lambda one: titles[one], index=None,
        placeholder="ファイルを選ぶ", key="receipt",
    )  # fmt: skip
    for receipt in found:
        if receipt.load_id == chosen:
            _result(receipt)


def coverage_section(version: str | None) -> None:
    """Municipality × month of one return: received, stated zero, partly set aside, not sent."""
    if version is None:
        frame.nothing_here(
            "まだ提出がありません。",
            "報告を読み込むと、市区町村と月の表がここに出ます。",
            "上の欄から読み込んでください。",
        )
        return
    coverage, places = store.coverage(version), store.areas(version)
    received = set(coverage["return_id"])
    left, right, _ = st.columns([2, 1, 1])
    with left:
        titles = {one: all_returns()[one].title for one in ("referral", *all_returns()) if one in received}
        chosen = filters.return_filter(titles)
    with right:
        year = filters.fiscal_year_filter(store.reported_months(version))
    sent = coverage[coverage["return_id"] == chosen]
    asked = labels.months_of(year)
    matrix = (
        sent.pivot(index="area_code", columns="period", values="state")
        .reindex(index=places["area_code"], columns=asked)
        .fillna("missing")
    )
    missing = (matrix == "missing").sum(axis=1)
    names = places.set_index("area_code")["name"]
    none_sent = [names[code] for code in matrix.index[missing == len(asked)]]
    st.markdown(
        f"{labels.fiscal_year_text(year)}は、{len(matrix)}市区町村のうち**{int((missing == 0).sum())}**市区町村が"
        f"全ての月を提出しています。未提出の月は延べ{int(missing.sum())}か月です。"
        + (f"1か月も提出していないのは{'、'.join(none_sent)}です。" if none_sent else "")
    )
    shown = matrix.map(MARKS.get)
    shown.columns = [labels.short_month(month) for month in asked]
    shown.insert(0, "市区町村", [names[code] for code in matrix.index])
    shown["未提出の月"] = missing
    st.dataframe(shown, hide_index=True, width="stretch", key="coverage", height=420)
    st.caption("●：受領　0：0件の報告　△：一部（保留した行がある）　未：未提出")
