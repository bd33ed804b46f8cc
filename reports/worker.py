"""One of the processes that make packs side by side: an order on standard input, a line for every file made.

Started by reports.archive. An own process, because making a pack keeps a core busy: two threads would take turns.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from metrics.answers import Answers
from reports.formats import write
from reports.pack import make_pack
from reports.sources import Options


def main() -> None:
    order = json.load(sys.stdin)
    folder = Path(order["folder"])
    answers = Answers(order["version"])
    for one in order["options"]:
        options = options_of(one)
        pack = make_pack(answers, options)
        for ending in order["formats"]:
            path = folder / f"{pack.file_stem}.{ending}"
            write(pack, path)
            print(json.dumps({"file": path.name, "where": pack.where}), flush=True)
    answers.close()


def order_of(options: Options) -> dict[str, Any]:
    """Options as JSON can say them."""
    return asdict(options) | {"created": options.created.isoformat()}


def options_of(said: Mapping[str, Any]) -> Options:
    parts: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in said.items()}
    return Options(**parts | {"created": date.fromisoformat(said["created"])})


if __name__ == "__main__":
    main()
