"""Where the reference files are and which municipalities there are: all that checking a file needs of them."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

from etl.spelling.codes import Municipality

DATA = Path(__file__).resolve().parents[1] / "data"
REFERENCE = DATA / "reference"
SAMPLE = DATA / "samples" / "mihonken"


def municipalities(folder: Path = REFERENCE, sample: Path = SAMPLE) -> list[Municipality]:
    """Return the real municipalities in code order, then those of 見本県 when its files are there."""
    found = []
    for path in present("municipalities.csv", folder, sample):
        with path.open(encoding="utf-8-sig", newline="") as handle:
            rows = [
                Municipality(row["code6"], row["pref_code"], row["pref_name"], row["name"], row["type"])
                for row in csv.DictReader(handle)
            ]
        found += sorted(rows, key=lambda one: one.area_code)
    return found


def present(name: str, folder: Path, sample: Path) -> list[Path]:
    """The file of the real municipalities, then that of 見本県 when it is there."""
    return [folder / name, *([sample / name] if (sample / name).exists() else [])]


def reference_mark(folder: Path = REFERENCE, sample: Path = SAMPLE) -> str:
    """Changes whenever etl.reference would make other tables: with the files, and with what reads them."""
    read = sorted(path for place in (folder, sample) for path in place.glob("*.*") if path.suffix in (".csv", ".toml"))
    code = [Path(__file__).with_name(name) for name in ("reference.py", "regions.py", "sources.py")]
    kept = [path for path in [DATA / "regions.csv"] if path.exists()]
    return hashlib.sha256(b"".join(path.read_bytes() for path in [*read, *kept, *code])).hexdigest()[:16]
