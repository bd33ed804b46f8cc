"""The server around the pages: nothing from outside, no page round the gate, a word in the log when it refuses."""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pandas as pd
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime.pages_manager import PagesManager

from ui.audience import audience, reason_to_refuse

# The browser's own lock against outside requests, beside not making any. deck.gl needs eval, components need blobs.
HEADERS = {
    "content-security-policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; connect-src 'self' ws: wss: blob: data:; worker-src 'self' blob:; "
        "font-src 'self' data:; frame-ancestors 'none'"
    ),
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
}


@asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[None]:
    """Start-up. Streamlit takes a folder called pages/ for the pages of its old multipage mode until the first run
    of app.py: a deep link opened before would show "Page not found". This says that it is not one."""
    PagesManager.uses_pages_directory = False
    # Text in tables as Python strings: tables of some fifty rows take a fifth less of a rerun than by pyarrow.
    pd.set_option("mode.string_storage", "python")
    reason = reason_to_refuse()
    if reason:
        print(reason, file=sys.stderr, flush=True)
    elif audience() == "internal":
        importlib.import_module("ui.internal.warming").begin()
    yield
    gc.unfreeze()  # ui.internal.warming set aside what it made; the end of the process gives it back


class SecurityHeaders:
    """ASGI middleware that adds HEADERS to every response."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                added = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
                message["headers"] = [*message.get("headers", []), *added]
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)
