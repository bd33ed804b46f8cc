"""Pages are looked up once; what one run notes in them is not seen by another."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

SCRIPT = """
from pathlib import Path
import streamlit as st
from ui.pages import pages

listed = (("first.py", "一", "first", ":material/home:"), ("second.py", "二", "second", ":material/home:"))
own, other = (pages(Path(FOLDER), listed, "first", ("second",)) for _ in range(2))
page = st.navigation(own)
page.run()
st.write(f"{page.url_path} {own[0] is other[0]} {other[0]._can_be_called} {[one.visibility for one in own]}")
"""


def test_every_run_has_pages_of_its_own(tmp_path: Path) -> None:
    for name in ("first", "second"):
        (tmp_path / f"{name}.py").write_text(f"import streamlit as st\nst.write('{name}')\n", encoding="utf-8")
    script = tmp_path / "app.py"
    script.write_text(SCRIPT.replace("FOLDER", repr(str(tmp_path))), encoding="utf-8")
    app = AppTest.from_file(str(script)).run()
    for _ in range(2):
        assert not app.exception
        assert [one.value for one in app.markdown] == ["first", "False False ['visible', 'hidden']"]
        app = app.run()
