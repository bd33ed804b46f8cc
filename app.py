"""Entry of the dashboard, in two roles of one file.

`streamlit run app.py` imports it for `app`, the server; every run of a session (and every AppTest) executes it as
`__main__`: it chooses the audience, registers that audience's pages and runs one.
"""

import sys
from pathlib import Path

import streamlit as st

ROOT = Path(__file__).resolve().parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from ui.audience import audience, reason_to_refuse  # noqa: E402

INTERNAL_PAGES = (
    ("overview.py", "概況", "overview", ":material/dashboard:"),
    ("indicator.py", "指標", "indicator", ":material/monitoring:"),
    ("referral.py", "相互紹介", "referral", ":material/sync_alt:"),
    ("meeting.py", "会議体", "meeting", ":material/groups:"),
    ("practice.py", "日常の連携", "practice", ":material/handshake:"),
    ("gap.py", "地域差", "gap", ":material/straighten:"),
    ("municipality.py", "市町村", "municipality", ":material/location_city:"),
    ("cases.py", "事例", "cases", ":material/library_books:"),
    ("national.py", "全国", "national", ":material/public:"),
    ("intake.py", "受付", "intake", ":material/inbox:"),
    ("dictionary.py", "様式と用語", "dictionary", ":material/menu_book:"),
    ("definitions.py", "定義", "definitions", ":material/function:"),
)


def run_page() -> None:
    """One run of one session. Only the internal audience's app knows internal pages at all."""
    st.set_page_config(page_title="連携ダッシュボード", page_icon=str(ROOT / "static" / "icon.png"), layout="wide")
    reason = reason_to_refuse()
    if reason:
        st.title("連携ダッシュボード" + ("" if audience() == "internal" else "（公表版）"))
        st.error(reason, icon=":material/lock:")
        st.stop()
    pages = [
        st.Page(ROOT / "pages" / "internal" / file, title=title, url_path=url, icon=icon, default=url == "overview")
        for file, title, url, icon in INTERNAL_PAGES
    ]
    st.navigation(pages).run()


if __name__ == "__main__":
    run_page()
else:
    from starlette.middleware import Middleware

    from ui.bundle import Bundle
    from ui.server import SecurityHeaders, lifespan

    app = st.App(ROOT / "app.py", lifespan=lifespan, middleware=[Middleware(SecurityHeaders), Middleware(Bundle)])
