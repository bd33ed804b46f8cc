"""The files around the code agree with each other: requirements, make targets, both READMEs, what git leaves out."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.ja.md")
COMPILE = "uv pip compile pyproject.toml {extra}--universal --python-version 3.11 --generate-hashes -o {file}"


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def pins(name: str) -> dict[str, tuple[Requirement, set[str]]]:
    """Requirements of a compiled file with their hashes, by canonical name and version."""
    found = {}
    for line in re.sub(r"\\\n", " ", read(name)).splitlines():
        if line and not line.lstrip().startswith("#"):
            wanted, *hashes = line.split("--hash=")
            requirement = Requirement(wanted)
            key = f"{canonicalize_name(requirement.name)} {requirement.specifier} {requirement.marker or ''}".strip()
            found[key] = (requirement, {one.strip() for one in hashes})
    return found


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned_with_hashes(name: str) -> None:
    assert len(pins(name)) > 20
    for key, (requirement, hashes) in pins(name).items():
        assert re.fullmatch(r"==[^*]+", str(requirement.specifier)), key
        assert hashes, key
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in hashes), key


def test_the_test_tools_stand_on_the_same_versions() -> None:
    run, dev = pins("requirements.txt"), pins("requirements-dev.txt")
    assert {key: hashes for key, (_, hashes) in run.items()} == {
        key: hashes for key, (_, hashes) in dev.items() if key in run
    }


def test_pins_fit_what_the_project_asks_for() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    asked = {
        "requirements.txt": project["dependencies"],
        "requirements-dev.txt": project["dependencies"] + project["optional-dependencies"]["dev"],
    }
    for name, wanted in asked.items():
        pinned = {canonicalize_name(one.name): str(one.specifier)[2:] for one, _ in pins(name).values()}
        for requirement in map(Requirement, wanted):
            version = pinned.get(canonicalize_name(requirement.name))
            assert version is not None, f"{name} lacks {requirement.name}: make lock"
            assert requirement.specifier.contains(version), f"{name}: {requirement} but {version}: make lock"


@pytest.mark.parametrize(("name", "extra"), [("requirements.txt", ""), ("requirements-dev.txt", "--extra dev ")])
def test_requirements_say_how_make_lock_made_them(name: str, extra: str) -> None:
    assert f"#    {COMPILE.format(extra=extra, file=name)}\n" in read(name)


def test_git_leaves_out_returns_databases_and_what_is_generated() -> None:
    lines = read(".gitignore").splitlines()
    for line in ("/data/inbox/", "/data/build/", "/static/boundaries/", "/wheels/", ".venv"):
        assert line in lines
    assert [line for line in lines if line.startswith("!")] == []


def test_the_ci_only_runs_make_test() -> None:
    assert read(".ci/run").splitlines()[-1] == "exec make test"
    assert os.name == "nt" or os.access(ROOT / ".ci/run", os.X_OK)


def test_the_server_is_closed_to_outside_by_default() -> None:
    config = tomllib.loads(read(".streamlit/config.toml"))
    assert config["server"]["address"] == "127.0.0.1"
    assert config["browser"] == {"gatherUsageStats": False, "serverAddress": "localhost"}
    assert config["client"]["showErrorDetails"] == "none"


def test_streamlit_knows_every_setting() -> None:
    """Hidden options may vanish with a new version; Streamlit would only warn."""
    from streamlit import config

    known = {name.lower() for name in config._config_options_template}
    for section, options in tomllib.loads(read(".streamlit/config.toml")).items():
        for option in options:
            assert f"{section}.{option}".lower() in known


def blocks(name: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", read(name), flags=re.DOTALL | re.MULTILINE)


def headings(name: str) -> list[int]:
    prose = re.sub(r"^```.*?^```", "", read(name), flags=re.DOTALL | re.MULTILINE)
    return [len(marks) for marks in re.findall(r"^(#+) ", prose, flags=re.MULTILINE)]


def test_both_readmes_have_the_same_headings_and_commands() -> None:
    english, japanese = READMES
    assert headings(english) == headings(japanese)
    for language in ("console", "sh", "powershell"):
        assert blocks(english, language) == blocks(japanese, language)


@pytest.mark.parametrize("name", READMES)
def test_readme_names_make_targets_and_files_that_exist(name: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", read("Makefile"), flags=re.MULTILINE))
    assert set(re.findall(r"(?:^|`)make ([a-z]+)", read(name), flags=re.MULTILINE)) <= targets
    linked = [target for target in re.findall(r"\]\(([^)#]+)\)", read(name)) if "://" not in target]
    assert linked
    # The picture is taken from the running dashboard and may be missing in a tree that is being built.
    assert [target for target in linked if not (ROOT / target).exists()] == []


@pytest.mark.slow
def test_readme_shows_what_the_commands_really_print(tmp_path: Path) -> None:
    """Runs each `$ …python -m etl` of the README in an empty folder, one after the other."""
    shown = [part for block in blocks("README.md", "console") for part in re.split(r"^\$ ", block, flags=re.M)[1:]]
    runs = [part.partition("\n") for part in shown if part.startswith(".venv/bin/python -m etl ")]
    assert len(runs) >= 4
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    for command, _, output in runs:
        arguments = command.split()[1:]
        done = subprocess.run(
            [sys.executable, *arguments], cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8"
        )
        assert done.stderr == "", command
        assert _without_dots(done.stdout, output) == output, command


def _without_dots(printed: str, shown: str) -> str:
    """What was printed, cut where the README cuts it with a line of three dots."""
    kept = shown.splitlines()
    if "..." not in kept:
        return printed
    cut = kept.index("...")
    lines = printed.splitlines()
    tail = len(kept) - cut - 1
    return "\n".join([*lines[:cut], "...", *lines[len(lines) - tail :]]) + "\n"
