"""Streamlit's own scripts and styles on their way to the browser: compressed once, asked for before they are needed.

Streamlit sends its bundle as it lies there, 12 MB for a page with a chart and a map, and the browser learns which
parts a page needs only when the page has arrived. Names of the parts carry a hash and are looked up at start; a part
that a later version no longer has is left out. The drawing of charts (static/chart) goes the same way.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import streamlit
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

STATIC = Path(streamlit.__file__).parent / "static"
# What stands on almost every page. Asked for together with the main script, not one after another behind it.
PRELOADED = ("Selectbox", "Html", "BidiComponent")
# Only pages that begin with charts ask for their drawing early.
CHARTED = {"indicator", "referral", "meeting", "practice", "gap", "municipality", "national"}
COMPRESSED = {".js", ".css", ".json", ".svg"}
FOREVER = "public, immutable, max-age=31536000"  # names with a hash never change what they name
ONE_DAY = "public, max-age=86400"
DRAWING = Path(__file__).resolve().parents[1] / "static" / "chart"
_IMPORT = re.compile(rb"""(?:from|import)\s*["'`]\./([\w.-]+\.js)["'`]""")


class Bundle:
    """ASGI middleware round Streamlit: compressed parts, early requests in the first page, cached boundaries."""

    def __init__(
        self,
        app: ASGIApp,
        folder: Path = STATIC,
        preloaded: Sequence[str] = PRELOADED,
        drawing: Path = DRAWING,
    ) -> None:
        self.app = app
        parts = (path for path in folder.rglob("static/*/*") if path.suffix in COMPRESSED)
        self.parts = {"/" + path.relative_to(folder).as_posix(): path for path in parts}
        drawn = {f"/app/static/chart/{version_of(drawing)}/{path.name}": path for path in sorted(drawing.glob("*.js"))}
        self.parts |= drawn
        self.links = _links(folder, preloaded)
        self.links_with_charts = self.links + "".join(_link(f".{path}") for path in drawn).encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
        elif scope["path"] in self.parts and self._is_sent_here(scope):
            is_packed = "gzip" in Headers(scope=scope).get("accept-encoding", "")
            await self._send_part(self.parts[scope["path"]], send, is_packed=is_packed)
        elif scope["path"].startswith("/app/static/boundaries/"):
            await self.app(scope, receive, _with_header(send, "cache-control", ONE_DAY))
        else:
            is_charted = scope["path"].rpartition("/")[2] in CHARTED
            await self.app(scope, receive, _with_links(send, self.links_with_charts if is_charted else self.links))

    def _is_sent_here(self, scope: Scope) -> bool:
        """Streamlit itself sends its parts to a browser that cannot unpack; the drawing's address it does not know."""
        return scope["path"].startswith("/app/") or "gzip" in Headers(scope=scope).get("accept-encoding", "")

    async def _send_part(self, path: Path, send: Send, *, is_packed: bool) -> None:
        body = await run_in_threadpool(compressed if is_packed else Path.read_bytes, path)
        headers = {
            "content-type": mimetypes.guess_type(path.name)[0] or "text/plain",
            **({"content-encoding": "gzip"} if is_packed else {}),
            "content-length": str(len(body)),
            "cache-control": FOREVER,
            "vary": "Accept-Encoding",
        }
        await send({"type": "http.response.start", "status": 200, "headers": MutableHeaders(headers).raw})
        await send({"type": "http.response.body", "body": body})


def _links(folder: Path, names: Sequence[str]) -> bytes:
    """Early requests for parts that the page does not ask for itself."""
    index = (folder / "index.html").read_bytes()
    return "".join(
        _link(f"./static/js/{name}")
        for name in parts_needed(folder / "static" / "js", names)
        if name.encode() not in index
    ).encode()


def _link(address: str) -> str:
    return f'<link rel="modulepreload" crossorigin href="{address}">'


def version_of(drawing: Path) -> str:
    """Stands in the address of the drawing of charts: what has changed has another address, so it is kept for good."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(drawing.glob("*.js")))).hexdigest()[:12]


@lru_cache(maxsize=512)
def compressed(path: Path) -> bytes:
    """A part of the bundle, compressed; kept in memory (7 MB if a browser ever asks for every part)."""
    return gzip.compress(path.read_bytes(), 6, mtime=0)


def parts_needed(folder: Path, names: Iterable[str]) -> list[str]:
    """File names of the parts and of every part that they import, each once."""
    found: list[str] = []
    waiting = [path.name for name in names for path in sorted(folder.glob(f"{name}.*.js"))]
    while waiting:
        name = waiting.pop(0)
        if name not in found and (folder / name).is_file():
            found.append(name)
            waiting += [match.decode() for match in _IMPORT.findall((folder / name).read_bytes())]
    return found


def _with_links(send: Send, links: bytes) -> Send:
    """Adds the early requests to a page of HTML and says that it is Japanese; leaves everything else as it is."""
    begun: Message | None = None
    held = b""

    async def send_page(message: Message) -> None:
        nonlocal begun, held
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message["headers"])
            is_page = message["status"] == 200 and headers.get("content-type", "").startswith("text/html")
            if is_page and "content-encoding" not in headers:
                begun = message
                return
        elif begun is not None:
            held += message.get("body", b"")
            if message.get("more_body"):
                return
            page = held.replace(b'<html lang="en">', b'<html lang="ja">', 1).replace(b"</head>", links + b"</head>", 1)
            headers = MutableHeaders(raw=begun["headers"])
            headers["content-length"] = str(len(page))
            # They speak of the file without what was added here.
            del headers["etag"], headers["last-modified"]
            await send({**begun, "headers": headers.raw})
            message, begun = {"type": "http.response.body", "body": page}, None
        await send(message)

    return send_page


def _with_header(send: Send, name: str, value: str) -> Send:
    async def send_with_header(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(raw=message["headers"])[name] = value
        await send(message)

    return send_with_header
