"""Imports go one way, and the public pages cannot reach what is not public: read from the sources, not from running."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# Modules of one room import each other freely; the longest name that fits is the room.
ROOMS = (
    *("app", "pages.internal", "pages.public", "ui", "ui.internal", "ui.public", "reports", "release", "desk"),
    *("etl", "metrics", "metrics.stats"),
)
# What else a module may import of ours. Every entry that fits the importer's name counts.
MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "app": ("ui",),
    # metrics.national names the ministry's measures, as the catalog names ours.
    "pages.internal": ("ui", "metrics.catalog", "metrics.periods", "metrics.national", "reports", "desk"),
    "pages.public": ("ui", "release.store"),
    "ui.public": ("ui", "release.store"),
    "ui": ("metrics.catalog", "metrics.periods"),
    # Facts in words, for pages and for review packs alike.
    "ui.labels.sentences": (
        *("metrics.answers", "metrics.gain", "metrics.gap_answers", "metrics.matching", "metrics.narrowing"),
    ),
    # Charts and maps as files, drawn on the click by what draws them in packs.
    "ui.exports": ("reports.picture", "reports.content"),
    "ui.internal": ("ui",),
    # The one door of the internal pages to the cube; it follows the pointer to the current version.
    "ui.internal.store": ("metrics", "etl.store"),
    "ui.internal.figures": ("metrics.answers",),
    # What 地域差 and 市町村 ask beyond it; the titles of the returns come from where they are declared.
    "ui.internal.gaps_store": ("metrics",),
    "ui.internal.municipality.returned": ("etl.declare", "etl.receipts"),
    # The intake page: hands uploaded files to the loader, shows the receipts, enters names at the desk.
    "ui.internal.intake": ("etl", "desk"),
    "ui.internal.person": ("etl.receipts",),
    # The case library: what is entered is first judged as a return would be, and counts after a rebuild.
    "ui.internal.library": ("desk", "etl.declare", "etl.load", "etl.privacy"),
    "ui.internal.library.moved": ("metrics.matching", "metrics.store"),
    # 会議資料 and the presentation show a pack; the meeting's decisions are kept at the desk.
    "ui.internal.packs": ("desk", "reports"),
    # The page of the release: draft, approval at the desk, record.
    "ui.internal.release": ("release", "desk", "etl.store", "metrics.store"),
    "ui.internal.presentation": ("reports",),
    # The words of codes come from where they are declared.
    "ui.internal.words": ("etl.declare",),
    # The calculator of hours is arithmetic of its own, without the cube.
    "ui.internal.meeting": ("metrics.joint_holding",),
    # The dictionary page is made from the declarations of the returns.
    "ui.internal.dictionary": ("etl.declare", "etl.dictionary", "etl.template"),
    # Packs say and draw the same as the pages, without a screen.
    "reports": ("metrics", "ui.labels", "ui.charts", "ui.theme", "ui.shades", "desk", "etl.store"),
    # The words of codes and returns come from where they are declared, as on the pages.
    "reports.words": ("etl.declare",),
    # The internal side decides what is published; release.store is all that the public side knows of it.
    "release": ("metrics", "ui.labels", "desk", "etl.store", "etl.atomic"),
    # The guard of the door stands at the way out, too.
    "release.examples": ("etl.privacy",),
    "release.site": ("ui.charts", "reports.content", "reports.picture"),
    # etl and metrics meet in the tables of schema.sql; the build only calls the cube builder.
    "etl.build": ("desk", "metrics.cube"),
    "metrics": ("metrics.stats",),
}
# Not even through others: the process that serves the public must not be able to open the internal database.
INTERNAL = ("metrics.store", "metrics.cube", "etl", "desk", "ui.internal", "pages.internal")
NEVER_REACHES = dict.fromkeys(("pages.public", "ui.public", "release.store", "reports.picture", "app"), INTERNAL)
# Imports by name are refused, but for these: the server warms up what only the internal audience's process may load.
IMPORTED_BY_NAME = {("ui/server.py", "ui.internal.warming")}
ONLY_IMPORTED_BY = {
    "duckdb": ("etl.build", "metrics.reader", "metrics.cube", "release"),
    "matplotlib": ("reports",),
    "typst": ("reports",),
    "pptx": ("reports",),
    "streamlit": ("app", "pages", "ui"),
    "sqlalchemy": ("desk",),
    "scipy": ("metrics.stats", "release"),
    "statsmodels": ("metrics.stats",),
}
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "manager"}
LONGEST_MODULE = 300

Sources = Mapping[str, str]  # path inside the repository → text


def module_name(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def is_within(name: str, prefix: str) -> bool:
    return name == prefix or name.startswith(f"{prefix}.")


def room_of(name: str) -> str | None:
    return max((room for room in ROOMS if is_within(name, room)), key=len, default=None)


@lru_cache(maxsize=2048)
def parsed(text: str) -> list[ast.AST]:
    """Every node of a module; read once, however often it is asked for."""
    return list(ast.walk(ast.parse(text)))


def imports_of(path: str, sources: Sources) -> Iterator[str]:
    """Full names of the modules a file imports, wherever in it, for type checking only too."""
    ours = {module_name(other) for other in sources}
    package = module_name(path) if path.endswith("__init__.py") else module_name(path).rpartition(".")[0]
    for node in parsed(sources[path]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                whole = f"{base}.{alias.name}"
                yield whole if whole in ours or whole in INTERNAL else base


def reached(name: str, sources: Sources) -> set[str]:
    """Every module of ours that importing `name` runs, with the packages it stands in."""
    files = {module_name(path): path for path in sources}
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        parts = waiting.pop().split(".")
        for one in (".".join(parts[:length]) for length in range(1, len(parts) + 1)):
            if one in files and one not in seen:
                seen.add(one)
                waiting += imports_of(files[one], sources)
    return seen


def broken_rules(sources: Sources) -> list[str]:
    return sorted({*_wrong_edges(sources), *_wrong_reaches(sources), *_hidden_imports(sources)})


def _wrong_edges(sources: Sources) -> Iterator[str]:
    for path in sources:
        name = module_name(path)
        allowed = [
            target for importer, targets in MAY_IMPORT.items() if is_within(name, importer) for target in targets
        ]
        if room_of(name) == "metrics.stats":
            allowed = []
        for imported in imports_of(path, sources):
            library = imported.split(".")[0]
            if library in ONLY_IMPORTED_BY and not any(is_within(name, one) for one in ONLY_IMPORTED_BY[library]):
                yield f"{path} imports {library}"
            room = room_of(imported)
            if room and room != room_of(name) and not any(is_within(imported, target) for target in allowed):
                yield f"{path} imports {imported}"


def _wrong_reaches(sources: Sources) -> Iterator[str]:
    for path in sources:
        name = module_name(path)
        never = [target for start, targets in NEVER_REACHES.items() if is_within(name, start) for target in targets]
        for other in reached(name, sources) if never else ():
            if any(is_within(other, target) for target in never):
                yield f"{path} reaches {other}"


def _hidden_imports(sources: Sources) -> Iterator[str]:
    for path, text in sources.items():
        for node in parsed(text):
            if not isinstance(node, ast.Call):
                continue
            named = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            target = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else None
            if named in ("import_module", "__import__") and (path, target) not in IMPORTED_BY_NAME:
                yield f"{path} imports by {named}, which no test can read"


def misplaced(sources: Sources) -> list[str]:
    """Modules in a wrong place, with a name that says nothing, or too long to be read at once."""
    found = []
    for path, text in sources.items():
        stem = Path(path).stem
        if path.count("/") == 1 and path.startswith("pages/"):
            found.append(f"{path}: Streamlit would run it without app.py; put it in pages/internal or pages/public")
        if DRAWERS & {*Path(path).parts[:-1], stem}:
            found.append(f"{path}: name it after its subject")
        if len(text.splitlines()) > LONGEST_MODULE:
            found.append(f"{path}: {len(text.splitlines())} lines, at most {LONGEST_MODULE}")
    return found


def repository_files() -> list[Path]:
    """All files but those .gitignore names. Git itself need not be installed."""
    ignored = {line.strip("/\n") for line in (ROOT / ".gitignore").read_text().splitlines() if line} | {".git"}

    def inside(folder: Path) -> Iterator[Path]:
        for path in sorted(folder.iterdir()):
            if ignored & {path.name, path.relative_to(ROOT).as_posix(), f"*{path.suffix}"}:
                continue
            if path.is_dir() and not path.is_symlink():
                yield from inside(path)
            elif path.is_file():
                yield path

    return list(inside(ROOT))


def product_sources() -> dict[str, str]:
    folders = [ROOT / room for room in ("etl", "metrics", "desk", "release", "reports", "ui", "pages")]
    files = [ROOT / "app.py", *(path for folder in folders for path in sorted(folder.rglob("*.py")))]
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in files if path.exists()}


# Written in two parts, so that this file does not find itself.
MACHINE_PATH = re.compile(r"(?<![\w.:/~-])/(?:wor" r"k|hom" r"e|roo" r"t|User" r"s)/")
REGISTRY = re.compile(r"https?://[^\s/]*(?:pyp" r"i\.|pythonhost" r"ed|npm" r"js|jsdel" r"ivr|unp" r"kg|anacon" r"da)")


def machine_traces(text: str) -> list[str]:
    return [match.group() for pattern in (MACHINE_PATH, REGISTRY) for match in pattern.finditer(text)]


def bare_sql(text: str) -> str:
    """SQL without comments and without text between quotes."""
    return re.sub(r"/\*.*?\*/|--[^\n]*|'[^']*'", " ", text, flags=re.DOTALL)


def sql_files(folder: str) -> Iterable[Path]:
    return sorted((ROOT / folder).rglob("*.sql"))


def test_imports_go_one_way() -> None:
    assert broken_rules(product_sources()) == []


def test_modules_stand_in_their_place() -> None:
    assert misplaced(product_sources()) == []


def test_every_page_is_registered_in_app() -> None:
    sources = product_sources()
    pages = [path for path in sources if path.startswith("pages/") and not path.endswith("__init__.py")]
    assert [path for path in pages if f'"{Path(path).name}"' not in sources.get("app.py", "")] == []


def test_no_file_names_a_place_of_one_machine_or_a_registry() -> None:
    found = {}
    for path in repository_files():
        traces = machine_traces(path.read_bytes().decode("utf-8", errors="ignore"))
        if traces and path.suffix not in (".gz", ".png", ".woff2"):
            found[path.relative_to(ROOT).as_posix()] = traces
    assert found == {}


def test_sql_is_written_in_lower_case() -> None:
    files = [*sql_files("etl"), *sql_files("metrics")]
    assert {path.name: re.findall(r"\b[A-Z]\w*", bare_sql(path.read_text(encoding="utf-8"))) for path in files} == {
        path.name: [] for path in files
    }


def test_an_indicator_only_counts_and_says_its_grain_first() -> None:
    for path in sql_files("metrics/indicators"):
        text = path.read_text(encoding="utf-8")
        assert re.findall(r"/|\bround\b|\blimit\b|\border by\b", bare_sql(text)) == [], path.name
        assert text.partition("*/")[2].lstrip().startswith("-- One row per "), path.name


BROKEN = {
    "a page asks the cube itself": ({"pages/internal/a.py": "import metrics.store"}, "imports metrics.store"),
    "a page runs SQL": ({"pages/internal/a.py": "import duckdb"}, "imports duckdb"),
    "statistics know the screen": ({"metrics/stats/a.py": "import streamlit as st"}, "imports streamlit"),
    "statistics know indicators": (
        {"metrics/stats/a.py": "from metrics.catalog import ALL"},
        "imports metrics.catalog",
    ),
    "an estimate does its own statistics": ({"metrics/a.py": "from scipy.stats import norm"}, "imports scipy"),
    "desk imports something of ours": ({"desk/a.py": "def f():\n    import etl.read"}, "imports etl.read"),
    "the intake reads metrics": ({"etl/read.py": "from metrics import catalog"}, "imports metrics"),
    "metrics reads the intake": ({"metrics/a.py": "from etl.store import Place"}, "imports etl.store"),
    "the build goes past the cube": ({"etl/build.py": "from metrics.store import Store"}, "imports metrics.store"),
    "a relative import hides the way": ({"ui/maps.py": "from ..etl import build"}, "imports etl"),
    "shared words know internal ones": ({"ui/a.py": "from ui.internal import store"}, "ui/a.py imports ui.internal"),
    "only type checking": ({"ui/maps.py": "if TYPE_CHECKING:\n    from etl.build import X"}, "imports etl.build"),
    "app imports a page": ({"app.py": "import pages.internal.overview"}, "imports pages.internal.overview"),
    "a public page opens the store": ({"pages/public/a.py": "import metrics.store"}, "imports metrics.store"),
    "a public page reaches it through ui": (
        {
            "pages/public/a.py": "from ui import frame",
            "ui/frame.py": "from ui.internal import store",
            "ui/internal/store.py": "from metrics.store import Store",
            "metrics/store.py": "import duckdb",
        },
        "pages/public/a.py reaches metrics.store",
    ),
    "a public page reaches it through a package": (
        {
            "pages/public/a.py": "import reports.pack.cover",
            "reports/pack/__init__.py": "from metrics import store",
            "reports/pack/cover.py": "",
            "metrics/store.py": "",
        },
        "pages/public/a.py reaches metrics.store",
    ),
    "an import by name": ({"ui/a.py": "importlib.import_module('metrics.store')"}, "imports by import_module"),
}


@pytest.mark.parametrize(("sources", "expected"), BROKEN.values(), ids=BROKEN.keys())
def test_the_check_sees_a_broken_rule(sources: Sources, expected: str) -> None:
    assert any(expected in found for found in broken_rules(sources)), broken_rules(sources)


def test_the_check_lets_right_imports_pass() -> None:
    sources = {
        "app.py": "from ui.audience import refuse_public",
        "ui/__init__.py": "",
        "ui/audience.py": "import streamlit as st",
        "ui/frame.py": "from metrics.catalog import Indicator",
        "ui/internal/store.py": "from etl.store import current_version\nfrom metrics.store import Store",
        "ui/internal/intake.py": "from etl.load import load_files\nfrom ui import frame\nfrom ui.internal import store",
        "pages/internal/a.py": "from metrics.catalog import load_catalog\nfrom ui.internal import store",
        "pages/public/a.py": "from ui import audience",
        "etl/build.py": "import duckdb\nfrom metrics.cube import build_cube\nfrom . import read",
        "etl/read.py": "import csv",
        "etl/store.py": "",
        "metrics/cube.py": "import duckdb",
        "metrics/reader.py": "import duckdb",
        "metrics/store.py": "from metrics.reader import Reader",
        "metrics/stats/rate.py": "from scipy.stats import norm\nfrom metrics.stats import Interval",
        "metrics/stats/__init__.py": "",
        "release/publish.py": "import duckdb\nimport metrics.store",
    }
    assert broken_rules(sources) == []


@pytest.mark.parametrize(
    "sources",
    [{"pages/login.py": ""}, {"etl/utils.py": ""}, {"ui/common/maps.py": ""}, {"metrics/long.py": "x = 1\n" * 301}],
)
def test_the_check_sees_a_misplaced_module(sources: Sources) -> None:
    assert len(misplaced(sources)) == 1


def test_the_check_sees_places_of_one_machine_and_registries() -> None:
    folder, host = "/" + "home/someone/data", "https://" + "pyp" + "i.org/simple"
    assert machine_traces(f"open('{folder}/a.csv')\n--index-url {host}") == ["/" + "home/", host[: -len("org/simple")]]
    assert machine_traces("https://example.jp/" + "work/a.html and src/" + "home/a.py") == []
