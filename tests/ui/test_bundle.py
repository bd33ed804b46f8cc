"""Streamlit's parts reach the browser compressed and early, and nothing else on the way is changed."""

from __future__ import annotations

import asyncio
import gzip
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message

from app import INTERNAL_PAGES
from ui.bundle import CHARTED, PRELOADED, STATIC, Bundle, parts_needed, version_of

PARTS = {
    "index.AA.js": b"import('./Chart.BB.js')",
    "Chart.BB.js": b'import{a}from"./small.CC.js";import"./known.DD.js";' + b"x" * 5000,
    "small.CC.js": b'export{b}from"./Chart.BB.js"',
    "known.DD.js": b"1",
    "lazy.EE.js": b"2",
}
DRAWN = b"export function show(){}" + b" " * 2000
INDEX = '<html lang="en"><head><link href="./static/js/known.DD.js"></head><body>頁</body></html>'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "static" / "js").mkdir(parents=True)
    for name, text in PARTS.items():
        (tmp_path / "static" / "js" / name).write_bytes(text)
    (tmp_path / "index.html").write_text(INDEX, encoding="utf-8")
    return tmp_path


@dataclass(frozen=True)
class Answer:
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True)
class Client:
    """Asks an ASGI app as a server would, without one."""

    app: ASGIApp

    def get(self, path: str, method: str = "GET", accepts: str = "gzip, deflate, br") -> Answer:
        plain, _, query = path.partition("?")
        scope = {
            **{"type": "http", "method": method, "path": plain, "raw_path": plain.encode(), "root_path": ""},
            **{"query_string": query.encode(), "headers": [(b"accept-encoding", accepts.encode())]},
        }
        sent: list[Message] = []

        async def receive() -> Message:
            await asyncio.Event().wait()  # the client stays and says nothing more
            raise AssertionError

        async def send(message: Message) -> None:
            sent.append(message)

        async def ask() -> None:
            await self.app(scope, receive, send)

        # A thread of its own: a browser test in the same process leaves its loop running in the main one.
        with ThreadPoolExecutor(1) as pool:
            pool.submit(asyncio.run, ask()).result()
        headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return Answer(headers, b"".join(message.get("body", b"") for message in sent[1:]))


@pytest.fixture
def client(folder: Path) -> Client:
    async def anything(request: Request) -> Response:
        path = request.url.path
        if path.startswith("/static/"):
            return PlainTextResponse("as Streamlit sends it")
        if path.startswith("/app/static/"):
            return PlainTextResponse("outlines", headers={"cache-control": "no-cache"})
        if path == "/_stcore/health":
            return PlainTextResponse("ok")
        if path == "/gone":
            return Response("<head></head>", status_code=404, media_type="text/html")
        return FileResponse(folder / "index.html")

    inner = Starlette(routes=[Route("/{path:path}", anything, methods=["GET", "POST"])])
    (folder / "drawing").mkdir()
    (folder / "drawing" / "chart.js").write_bytes(DRAWN)
    return Client(Bundle(inner, folder, ("Chart", "NoSuchPart"), folder / "drawing"))


def test_a_part_is_sent_compressed_and_kept_for_good(client: Client) -> None:
    answer = client.get("/static/js/Chart.BB.js")
    assert gzip.decompress(answer.body) == PARTS["Chart.BB.js"]
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) < 200
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["vary"] == "Accept-Encoding"
    assert "immutable" in answer.headers["cache-control"]


def test_a_browser_that_cannot_unpack_gets_it_as_it_lies_there(client: Client) -> None:
    answer = client.get("/static/js/Chart.BB.js", accepts="identity")
    assert answer.text == "as Streamlit sends it"
    assert "content-encoding" not in answer.headers


@pytest.mark.parametrize("path", ["/static/js/NoSuch.js", "/static/js/../../index.html", "/static/js/%2e%2e/%2e%2e/x"])
def test_what_is_no_part_is_not_answered_from_here(client: Client, path: str) -> None:
    assert "content-encoding" not in client.get(path).headers


def test_the_page_asks_early_for_a_part_and_for_all_that_it_imports(client: Client) -> None:
    for path, drawings in (("/", 0), ("/indicator?fy=2023", 1)):
        answer = client.get(path)
        asked = re.findall(r'rel="modulepreload" crossorigin href="\./([^"]+)"></?', answer.text)
        # Once each, and not what the page asks for anyway.
        assert asked[:2] == ["static/js/Chart.BB.js", "static/js/small.CC.js"]
        assert [one.startswith("app/static/chart/") for one in asked[2:]] == [True] * drawings
        assert answer.text.index("Chart.BB.js") < answer.text.index("</head>")
        assert answer.text.startswith('<html lang="ja">')
        assert "頁" in answer.text
        assert int(answer.headers["content-length"]) == len(answer.body)


def test_the_drawing_of_charts_is_kept_for_good_under_an_address_that_changes_with_it(
    client: Client, folder: Path
) -> None:
    version = version_of(folder / "drawing")
    answer = client.get(f"/app/static/chart/{version}/chart.js")
    assert gzip.decompress(answer.body) == DRAWN
    assert "immutable" in answer.headers["cache-control"]
    assert client.get(f"/app/static/chart/{version}/chart.js", accepts="identity").body == DRAWN
    assert client.get("/app/static/chart/older/chart.js").text == "outlines"  # not answered from here
    (folder / "drawing" / "chart.js").write_bytes(DRAWN + b"1")
    assert version_of(folder / "drawing") != version


def test_a_browser_cannot_take_the_page_for_unchanged(client: Client) -> None:
    assert not {"etag", "last-modified"} & set(client.get("/").headers)


def test_other_answers_pass_unchanged(client: Client) -> None:
    assert client.get("/_stcore/health").text == "ok"
    assert client.get("/gone").text == "<head></head>"
    assert client.get("/", method="POST").text == INDEX
    assert client.get("/", method="HEAD").text == ""


def test_outlines_are_kept_for_a_day(client: Client) -> None:
    assert client.get("/app/static/boundaries/99.geojson").headers["cache-control"] == "public, max-age=86400"
    assert client.get("/app/static/other.json").headers["cache-control"] == "no-cache"


def test_this_streamlit_has_every_part_that_is_asked_for_early() -> None:
    """A new version may name its parts anew: then this fails, and pages only get slower."""
    for name in PRELOADED:
        found = parts_needed(STATIC / "static" / "js", [name])
        assert found[0].startswith(f"{name}.")
        assert len(found) > 3
    assert (STATIC / "index.html").read_text(encoding="utf-8").count("</head>") == 1


def test_pages_that_ask_for_charts_early_are_pages() -> None:
    assert {url for *_, url, _ in INTERNAL_PAGES} >= CHARTED
