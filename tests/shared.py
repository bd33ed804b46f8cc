"""What is costly to make and only read is made by one worker of a run and shared with the others."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import filelock
import pytest

Made = TypeVar("Made")


def shared_by_workers(name: str, folders: pytest.TempPathFactory, make: Callable[[Path], Made]) -> Made:
    """What `make` returns for a folder of its own, made once a run; it must be picklable and name files by their path."""
    shared = folders.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    known = shared / f"{name}.pickle"
    with filelock.FileLock(shared / f"{name}.lock"):
        if not known.exists():
            known.write_bytes(pickle.dumps(make(shared / name)))
        found: Made = pickle.loads(known.read_bytes())
    return found
