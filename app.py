"""Entry of the dashboard: chooses the audience, registers its pages, runs one.

The audience is the public unless RENKEI_AUDIENCE says internal; only then are internal pages known to the app.
"""

import os
import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).parent))

from ui.audience import refuse_open_internal, refuse_public

st.set_page_config(page_title="連携ダッシュボード", page_icon="static/icon.png", layout="wide")

INTERNAL_PAGES = (
    ("pages/internal/overview.py", "概況", "overview", ":material/dashboard:"),
    ("pages/internal/indicator.py", "指標", "indicator", ":material/monitoring:"),
    ("pages/internal/national.py", "全国", "national", ":material/public:"),
    ("pages/internal/intake.py", "受付", "intake", ":material/inbox:"),
)

if os.environ.get("RENKEI_AUDIENCE", "public") == "internal":
    refuse_open_internal()
    pages = [
        st.Page(path, title=title, url_path=url, icon=icon, default=url == "overview")
        for path, title, url, icon in INTERNAL_PAGES
    ]
    st.navigation(pages).run()
else:
    refuse_public()
