"""One browser session without a browser: speaks Streamlit's own protocol to a running app and times its reruns."""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from app import INTERNAL_PAGES

TIMEOUT_SECONDS = 60
# Every page that the app registers, by its address; the first one is the app's front page and has none.
PAGES = {"" if url == "overview" else url: title for _, title, url, _ in INTERNAL_PAGES}
# The least a Streamlit page can be: what everything else is measured against.
EMPTY = "import streamlit as st\n\nst.title('empty')\nst.write('hi')\n"


@dataclass(frozen=True)
class Rerun:
    """One run of a page's script: from the request to the message that it has finished."""

    seconds: float
    received_bytes: int
    messages: int


class Session:
    """A websocket to the app. Every rerun repeats `page` with the filters that `query` says, else their defaults.

    A filter that is changed comes as one who goes back in the browser sends it: the URL wins over the boxes.
    """

    def __init__(self, url: str, page: str) -> None:
        self.page = page
        self.query: dict[str, str] = {}
        self._cached: set[str] = set()
        self._connection = connect(
            f"ws{url.removeprefix('http')}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            compression=None,
            max_size=None,
            open_timeout=TIMEOUT_SECONDS,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def rerun(self) -> Rerun:
        """Raises RuntimeError when there is no such page or it ends with an exception."""
        request = BackMsg()
        request.rerun_script.query_string = urlencode(self.query)
        request.rerun_script.page_name = self.page
        request.rerun_script.is_history_navigation = bool(self.query)
        # A browser keeps the large parts of a page, and says so; they are not sent again.
        request.rerun_script.cached_message_hashes.extend(sorted(self._cached))
        started, size, count = time.perf_counter(), 0, 0
        self._connection.send(request.SerializeToString())
        while True:
            data = self._receive()
            size, count = size + len(data), count + 1
            message = ForwardMsg()
            message.ParseFromString(data)
            if message.metadata.cacheable and message.hash:
                self._cached.add(message.hash)
            kind = message.WhichOneof("type")
            if kind == "delta" and message.delta.new_element.WhichOneof("type") == "exception":
                raise RuntimeError(f"/{self.page}: {message.delta.new_element.exception.message}")
            if kind == "page_not_found":
                raise RuntimeError(f"/{self.page}: no such page")
            if kind == "script_finished":
                return Rerun(time.perf_counter() - started, size, count)

    def _receive(self) -> bytes:
        # Else the kernel holds back acknowledgements for 40 ms, and the server's next small packet waits for them.
        if hasattr(socket, "TCP_QUICKACK"):
            self._connection.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        data = self._connection.recv(timeout=TIMEOUT_SECONDS)
        return data if isinstance(data, bytes) else data.encode()
