"""The real app in a process of its own, as `make run` starts it."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.sample_database import ROOT

START_SECONDS = 60.0


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class AppServer:
    """A running app and what its process sent to hosts outside of this machine (nothing, or a test fails)."""

    url: str
    outside: list[str]

    def get(self, path: str) -> Answer:
        """An address of the app as a browser without JavaScript would get it."""
        try:
            with urllib.request.urlopen(f"{self.url}/{path}", timeout=10) as answer:
                return Answer(answer.status, {**answer.headers}, answer.read())
        except urllib.error.HTTPError as refused:
            return Answer(refused.code, {**refused.headers}, refused.read())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def running(
    database: str | Path | None,
    *,
    audience: str | None = "internal",
    address: str = "127.0.0.1",
    script: str | Path = "app.py",
    published: str | Path = "nothing-published.duckdb",
) -> Iterator[AppServer]:
    """`streamlit run` on a free port until the block ends; whatever happens, the process is gone afterwards."""
    port = free_port()
    with _watching() as (proxy, outside), tempfile.TemporaryFile("w+b") as log:
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("RENKEI_", "STREAMLIT_"))}
        # Look-ups of the outside world that the server itself would make go to the proxy, which writes them down.
        for name in ("http_proxy", "https_proxy", "all_proxy"):
            environment[name] = environment[name.upper()] = proxy
        environment["no_proxy"] = environment["NO_PROXY"] = "127.0.0.1,localhost"
        if audience is not None:
            environment["RENKEI_AUDIENCE"] = audience
        if database is not None:
            environment["RENKEI_DB"] = str(database)
        environment["RENKEI_PUBLIC_DB"] = str(published)
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "streamlit", "run", str(script)),
                *("--server.address", address, "--server.port", str(port)),
            ],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            _wait_until_healthy(process, port, log.fileno())
            yield AppServer(f"http://127.0.0.1:{port}", outside)
        finally:
            _stop(process)


def _wait_until_healthy(process: subprocess.Popen[bytes], port: int, log: int) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        if _is_healthy(port):
            return
        time.sleep(0.1)
    said = os.pread(log, 4000, 0).decode(errors="replace")
    raise RuntimeError(f"the app did not start (exit code {process.poll()}):\n{said}")


def _is_healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2) as answer:
            return answer.read() == b"ok"
    except OSError:
        return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    for sign in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, sign)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=5)
            return


@contextlib.contextmanager
def _watching() -> Iterator[tuple[str, list[str]]]:
    """A proxy that connects nowhere: its URL and the first line of every request that reached it."""
    seen: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def listen() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                with connection:
                    connection.settimeout(2)
                    with contextlib.suppress(OSError):
                        seen.append(connection.recv(500).decode(errors="replace").split("\r\n")[0])

        threading.Thread(target=listen, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", seen
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
