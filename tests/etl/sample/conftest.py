from dataclasses import dataclass
from pathlib import Path

import pytest

from etl.sample import write_sample


@dataclass(frozen=True)
class Written:
    out: Path
    paths: list[Path]


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """The demo written once: reading it is cheap, writing it takes seconds."""
    out = tmp_path_factory.mktemp("sample")
    return Written(out, write_sample(out))
