"""The approval of a draft: a name, a confirmation, recorded at the desk; then the release is made public."""

from __future__ import annotations

from datetime import datetime

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from desk import approvals
from desk.records import Desk
from desk.where import desk_url
from etl.store import Place
from release.draft import Draft
from release.publish import Approval, publish
from release.safety import Progress
from ui.internal.person import person
from ui.internal.release import own_errors

SAID = "release-said"


def section(place: Place, draft: Draft) -> None:
    if not draft.is_safe:
        st.info("推測できる数値があるため、この案は承認できません。上の提案に沿って、案を作り直してください。")
        return
    with st.form("approve-form", border=True):
        st.markdown(
            f"第**{draft.number}**回として公表します。承認した人（**{person()}**）と日時が記録に残ります。"
            "一度公表した数値は取り下げても見た人の手元に残り、以後の公表ではそれを前提に伏せる数値を決めます。"
        )
        sure = st.checkbox("内容を確かめ、公表を承認します", key="approve-sure")
        asked = st.form_submit_button("承認して公表する", type="primary", icon=":material/publish:")
    if asked:
        with own_errors.told():
            _publish(place, draft, bool(sure))


def _publish(place: Place, draft: Draft, is_confirmed: bool) -> None:
    kept = approvals.approve(
        Desk(desk_url(place)), draft.number, draft.digest, draft.fiscal_years, person(), is_confirmed=is_confirmed
    )
    with st.status("公表しています…", expanded=True):
        bar = st.progress(0.0, text="準備しています")
        released = publish(
            draft,
            Approval(kept.who, kept.digest, datetime.fromisoformat(kept.at)),
            place,
            say=shown_on(bar),
        )
    st.session_state[SAID] = f"第{released.number}回を公表しました。"
    st.rerun()


def shown_on(bar: DeltaGenerator) -> Progress:
    """Tells on a bar how far something is."""

    def say(step: str, share: float) -> None:
        bar.progress(min(max(share, 0.0), 1.0), text=step)

    return say


def told() -> None:
    """What the last approval or withdrawal did, once."""
    said = st.session_state.pop(SAID, None)
    if said:
        st.success(said, icon=":material/check:")
