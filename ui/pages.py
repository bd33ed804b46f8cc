"""The pages of an audience as Streamlit wants them, made once: each looks for its file on the disk."""

from __future__ import annotations

from copy import copy
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

# File, title, address and icon of a page.
Listed = tuple[str, str, str, str]


def pages(folder: Path, listed: tuple[Listed, ...], front: str, hidden: tuple[str, ...] = ()) -> list[StreamlitPage]:
    """For st.navigation, which notes in them what one run may call: every run has copies of its own.

    front: the address of the page that is opened first. hidden: addresses that the menu does without.
    """
    return [copy(page) for page in _made(folder, listed, front, hidden)]


@cache
def _made(folder: Path, listed: tuple[Listed, ...], front: str, hidden: tuple[str, ...]) -> list[StreamlitPage]:
    return [
        st.Page(
            folder / file,
            title=title,
            url_path=url,
            icon=icon,
            default=url == front,
            visibility="hidden" if url in hidden else "visible",
        )
        for file, title, url, icon in listed
    ]
