"""Charts that need more width than a phone has: they scroll in a frame of their own, so that the page does not."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

LEAST_WIDTH = 680
STYLE = f"""<style>
[class*="st-key-wide-"] {{ overflow-x: auto; }}
[class*="st-key-wide-"] > div {{ min-width: {LEAST_WIDTH}px; }}
.phone-only {{ display: none; }}
.phone-only table {{ font-size: .8rem; border-collapse: collapse; width: 100%; }}
.phone-only th, .phone-only td {{ border-bottom: 1px solid #D9D9D9; padding: .2rem .3rem; text-align: left; }}
.phone-only td:last-child, .phone-only th:last-child {{ text-align: right; white-space: nowrap; }}
@media (max-width: 640px) {{ .phone-only {{ display: block; }} }}
</style>"""


def wide(key: str) -> DeltaGenerator:
    """A container whose content is never narrower than LEAST_WIDTH."""
    st.html(STYLE)
    return st.container(key=f"wide-{key}")
