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
from ui.pages import pages  # noqa: E402

INTERNAL_PAGES = (
    ("overview.py", "概況", "overview", ":material/dashboard:"),
    ("indicator.py", "指標", "indicator", ":material/monitoring:"),
    ("referral.py", "相互紹介", "referral", ":material/sync_alt:"),
    ("meeting.py", "会議体", "meeting", ":material/groups:"),
    ("practice.py", "日常の連携", "practice", ":material/handshake:"),
    ("gap.py", "地域差", "gap", ":material/straighten:"),
    ("municipality.py", "市町村", "municipality", ":material/location_city:"),
    ("cases.py", "事例", "cases", ":material/library_books:"),
    ("packs.py", "会議資料", "packs", ":material/slideshow:"),
    ("national.py", "全国", "national", ":material/public:"),
    ("intake.py", "受付", "intake", ":material/inbox:"),
    ("release.py", "公表", "release", ":material/publish:"),
    ("dictionary.py", "様式と用語", "dictionary", ":material/menu_book:"),
    ("definitions.py", "定義", "definitions", ":material/function:"),
)
# Reached by a link of another page, not by the menu, which it does without: a presentation fills the screen.
PRESENTATION = ("presentation.py", "発表", "presentation", ":material/slideshow:")
PUBLIC_PAGES = (
    ("overview.py", "概況", "overview", ":material/dashboard:"),
    ("indicator.py", "指標", "indicator", ":material/monitoring:"),
    ("cases.py", "事例", "cases", ":material/library_books:"),
    ("data.py", "データ", "data", ":material/download:"),
    ("definitions.py", "定義", "definitions", ":material/function:"),
)


def run_page() -> None:
    """One run of one session. An app knows the pages of its own audience and no others."""
    st.set_page_config(page_title="連携ダッシュボード", page_icon=str(ROOT / "static" / "icon.png"), layout="wide")
    reason = reason_to_refuse()
    if reason:
        st.title("連携ダッシュボード" + ("" if audience() == "internal" else "（公表版）"))
        st.error(reason, icon=":material/lock:")
        st.stop()
    shown = (*INTERNAL_PAGES, PRESENTATION) if audience() == "internal" else PUBLIC_PAGES
    listed = pages(ROOT / "pages" / audience(), shown, front="overview", hidden=(PRESENTATION[2],))
    page = st.navigation(listed)
    if page.url_path == PRESENTATION[2]:
        page = st.navigation(listed, position="hidden")
    page.run()


if __name__ == "__main__":
    run_page()
else:
    from starlette.middleware import Middleware

    from ui.bundle import Bundle
    from ui.server import SecurityHeaders, lifespan

    app = st.App(ROOT / "app.py", lifespan=lifespan, middleware=[Middleware(SecurityHeaders), Middleware(Bundle)])
