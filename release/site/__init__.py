"""The static site of a release: HTML, one style sheet and the open data, for a file server or a CMS.

Nothing in it runs and nothing is fetched from anywhere: figures are tables, charts are drawings inside the page. It is
made from the public database alone.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from release.site.facts import Facts, read_facts
from release.site.pages import data_page, definitions_page, examples_page, indicator_page, overview_page
from release.store import PublicStore

TEMPLATES = Path(__file__).parent / "templates"
STYLE = TEMPLATES / "style.css"


def write_site(
    store: PublicStore, folder: Path, data: Path, progress: Callable[[float], None] = lambda share: None
) -> None:
    """Writes every page into a folder that it makes, with the files of `data` (CSV, datapackage.json) in data/.

    progress is told the share that is done, 0-1. Raises FileExistsError when the folder is there already.
    """
    folder.mkdir(parents=True)
    shutil.copytree(data, folder / "data")
    shutil.copyfile(STYLE, folder / STYLE.name)
    (folder / "indicators").mkdir()
    facts = read_facts(store)
    templates = _templates()
    total = 4 + len(facts.indicators)
    for done, (path, template, values) in enumerate(_pages(facts, folder), start=1):
        text = templates.get_template(template).render(facts=facts, root="../" * path.count("/"), **values)
        (folder / path).write_text(text, encoding="utf-8")
        progress(done / total)


def _pages(facts: Facts, folder: Path) -> Iterator[tuple[str, str, dict[str, object]]]:
    """Path, template and values of each page."""
    yield "index.html", "overview.html", overview_page(facts)
    for indicator in facts.indicators:
        yield f"indicators/{indicator.id}.html", "indicator.html", indicator_page(facts, indicator)
    yield "examples.html", "examples.html", examples_page(facts)
    yield "data.html", "data.html", data_page(facts, folder / "data")
    yield "definitions.html", "definitions.html", definitions_page(facts)


def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
