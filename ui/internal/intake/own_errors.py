"""What keeps a load, a withdrawal or a mapping from running, as a sentence that says what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from etl.build import DeskUnavailable, PrefectureMismatch
from etl.corrections import CorrectionMismatch
from etl.receipts import KeptFileMissing
from etl.store import StoreBusy
from etl.withdrawals import NotWithdrawable

UNCHANGED = "何も変更していません。"


@contextmanager
def told() -> Iterator[None]:
    """Errors that are nobody's file's fault become words; every other one is a mistake of ours and passes."""
    try:
        yield
    except PrefectureMismatch as wrong:
        st.error(
            f"読み込み先は都道府県コード{wrong}のデータベースです。ほかの都道府県の報告は読み込めません。"
            f"ファイルの送り主と、「読み込み先」を確かめてください。{UNCHANGED}"
        )
    except CorrectionMismatch as unfit:
        st.error(f"訂正の一覧（etl/corrections.toml）が、受け入れた行と合いません。{unfit}{UNCHANGED}")
    except NotWithdrawable:
        st.error(f"この受け入れは、既に取り消されているか、集計に入っていません。{UNCHANGED}")
    except (StoreBusy, DeskUnavailable) as busy:
        st.error(f"{busy}{UNCHANGED}")
    except KeptFileMissing as missing:
        st.error(
            f"受領したファイルの保管場所に「{missing}」がないため、集計を組み立てられません。"
            f"data/inbox をバックアップから戻してから、もう一度行ってください。{UNCHANGED}"
        )
