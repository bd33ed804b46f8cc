"""公表: what will be published, what is hidden and why, the proof, the approval and the record of all releases."""

import streamlit as st

from ui import frame, labels
from ui.internal import sections, store
from ui.internal.person import person_field
from ui.internal.release import approval, changes, drafts, hidden, preview, proof, record

TITLE = "公表：公表案の作成・確認・承認と、公表の記録"

version = sections.current_version_or_stop(TITLE)
meta, place = store.meta(version), store.place()
frame.page_head(TITLE, meta)
about = [labels.SAMPLE_NOTICE] if meta.get("sample") == "1" else []
approval.told()
record.standing_section(place)

st.header("公表案を作る", anchor="draft")
person_field("公表の承認・取下げの記録に残ります。")
made = drafts.section(place, version)
if made:
    draft = made.draft
    st.markdown(drafts.about_draft(made))
    st.header("伏せる数値とその理由", anchor="hidden")
    hidden.section(draft, about)
    st.header("推測できないことの証明", anchor="proof")
    proof.section(draft)
    st.header("前の公表との違い", anchor="changes")
    changes.section(draft, about)
    st.header("公表される表", anchor="preview")
    preview.section(draft)
    preview.cases_section(draft)
    st.header("承認して公表する", anchor="approve")
    approval.section(place, draft)

st.header("公表の記録", anchor="record")
record.section(place, about)
frame.page_foot(
    (
        "伏せる数値の決まり：release/rules.toml　公表する指標と期間：release/publication.toml",
        "公表の記録（台帳）には元の件数が入っています。庁内だけで扱い、公表用のフォルダーには写しません。",
    )
)
