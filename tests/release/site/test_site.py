"""The static site of a small release: complete, without anything from outside, with every mark and nothing hidden."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from release.site import write_site
from release.store import PublicStore
from tests.published_release import write_release, write_whole_site

LINKING = {"href", "src", "action", "data", "poster", "srcset", "xlink:href"}


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.found += [value or "" for name, value in attrs if name in LINKING]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, boundaries: None) -> Path:
    return write_whole_site(tmp_path_factory.mktemp("release"))


def text_of(page: Path) -> str:
    return re.sub(r"\s+", "", re.sub(r"<[^>]*>", " ", page.read_text(encoding="utf-8")))


def test_every_link_leads_to_a_file_of_the_site_and_nothing_runs(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) == 7
    for page in pages:
        links = Links()
        links.feed(page.read_text(encoding="utf-8"))
        assert links.tags.isdisjoint({"script", "iframe", "object", "embed", "form"}), page.name
        for link in links.found:
            where, _, anchor = link.partition("#")
            target = page if not where else (page.parent / where).resolve()
            assert target.is_file() and target.is_relative_to(site), f"{page.name}: {link}"
            assert not anchor or f'id="{anchor}"' in target.read_text(encoding="utf-8"), f"{page.name}: {link}"


def test_a_hidden_count_is_x_and_its_value_has_no_place(site: Path) -> None:
    page = (site / "indicators" / "handover_rate.html").read_text(encoding="utf-8")
    rows = {found[0]: found[1] for found in re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', page, re.DOTALL)}
    cells = {name: re.findall(r"<td[^>]*>([^<]*)</td>", row) for name, row in rows.items()}
    assert cells["風待市"][-4:] == ["x", "", "x", "33"]
    assert cells["小鳩町"][-2:] == ["x", "x"]
    assert cells["風花村"][-4:] == ["未提出", "", "未提出", "未提出"]
    assert cells["水琴町"][-4:] == ["-", "", "0", "0"]
    assert cells["夕凪原市"][-4:] == ["80.0％", "70.0～90.0", "120", "150"]
    assert cells["青苑市"][-4] == "66.7％（一部）"
    assert 'class="point' not in rows["風待市"]


def test_every_page_says_that_the_data_are_invented_and_as_of_when(site: Path) -> None:
    for page in site.rglob("*.html"):
        said = text_of(page)
        assert "架空データ：実在しない「見本県」" in said, page.name
        assert "データ時点：令和7年3月31日まで" in said, page.name


def test_the_site_takes_the_open_data_along(site: Path) -> None:
    names = {path.name for path in (site / "data").iterdir()}
    listed = text_of(site / "data.html")
    assert names and all(name in listed for name in names)


def test_an_existing_folder_is_not_written_over(site: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    database = write_release(tmp_path).resolve()
    with PublicStore(database) as store, pytest.raises(FileExistsError):
        write_site(store, kept, database.parent / "data")
    assert list(kept.iterdir()) == []
