"""「このリンクをコピー」: copies the address of the view as it stands, with every filter that is kept in it.

The browser's own address is taken at the click: it is what restores the view. Where it gives no access to the
clipboard (no https inside a closed network, or refused), the old way of copying is tried, and at last the link is
shown, marked, to be copied by hand.
"""

from __future__ import annotations

import html
import json
from functools import cache
from typing import Any

import streamlit as st

from ui import theme

KEY = "copy-link"
HTML = """
<button type="button">このリンクをコピー</button>
<span role="status" aria-live="polite"></span>
<input type="text" readonly hidden aria-label="この画面のリンク">
"""
CSS = f"""
button {{ font: inherit; font-size: .8rem; color: {theme.MAIN}; background: #FFFFFF; cursor: pointer;
  border: 1px solid {theme.GRID}; border-radius: .4rem; padding: .1rem .6rem; white-space: nowrap; }}
button:hover, button:focus-visible {{ border-color: {theme.MAIN}; outline: 2px solid {theme.MAIN}; }}
span {{ font-size: .8rem; color: {theme.INK}; margin-left: .4rem; }}
input {{ font: inherit; font-size: .8rem; box-sizing: border-box; width: min(30rem, 100%); margin-top: .2rem; }}
@media print {{ button, span, input {{ display: none; }} }}
"""
JS = """
export default function ({ parentElement }) {
  const button = parentElement.querySelector("button");
  const said = parentElement.querySelector("span");
  const field = parentElement.querySelector("input");
  let timer;
  button.onclick = async () => {
    const view = new URL(window.location.href);
    for (const one of document.querySelectorAll("[data-view-default]"))
      for (const [key, value] of Object.entries(JSON.parse(one.dataset.viewDefault)))
        if (!view.searchParams.has(key)) view.searchParams.set(key, value);
    const link = view.href;
    field.hidden = false;
    field.value = link;
    field.select();
    let copied = false;
    try { await navigator.clipboard.writeText(link); copied = true; }
    catch { copied = document.execCommand("copy"); }
    field.hidden = copied;
    said.textContent = copied ? "コピーしました" : "下のリンクを選んでコピーしてください";
    if (copied) button.focus(); else field.select();
    clearTimeout(timer);
    timer = setTimeout(() => { said.textContent = ""; }, copied ? 4000 : 60000);
  };
  return () => clearTimeout(timer);
}
"""


@cache
def _component() -> Any:
    return st.components.v2.component("renkei_copy_link", html=HTML, css=CSS, js=JS)


def copy_link() -> None:
    """The button, once on a page."""
    _component()(key=KEY, width="content")


def pin(*keys: str) -> None:
    """Puts defaults that change with time (the latest fiscal year) into a copied link, which would else follow them.

    The address itself leaves them out. To be called below the filters of these keys.
    """
    chosen = {key: str(st.session_state[f"kept-{key}"]) for key in keys if f"kept-{key}" in st.session_state}
    if chosen:
        st.html(f'<span hidden data-view-default="{html.escape(json.dumps(chosen))}"></span>')
