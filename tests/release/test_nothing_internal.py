"""What is public holds no trace of single referrals, meetings or contacts, and no count that was to be hidden."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from desk import cases
from desk.records import Desk
from desk.where import desk_url
from metrics.store import Store
from release.draft import prepare
from release.examples import Example, personal, public_examples, small_counts
from release.publish import Refused, publish
from release.store import PublicStore
from release.where import DATABASE
from tests.release.conftest import SELECTION, approve


def public_bytes(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def files_naming(folder: Path, names: Iterable[str]) -> set[str]:
    """The public files in which any of the names stands, however it is packed beside."""
    any_name = re.compile("|".join(map(re.escape, sorted(names))))
    return {file for file, body in public_bytes(folder).items() if any_name.search(body.decode(errors="ignore"))}


def small_counts_printed(folder: Path) -> set[str]:
    """Where a count of people from 1 to 9 is printed: in the tables of the database, the open data and the site."""
    found: set[str] = set()
    with PublicStore(folder / DATABASE) as store:
        counted = store.indicators().query("kind != 'count'")["indicator_id"].tolist()
        for one in counted:
            if store.cells(one)[["numerator", "denominator"]].stack().dropna().between(1, 9).any():
                found.add(f"{DATABASE}: {one}")
    for one in counted:
        (path,) = (folder / "data").glob(f"{one}*.csv")
        with path.open(encoding="utf-8-sig", newline="") as handle:
            if any(
                row[part].isdigit() and 1 <= int(row[part]) <= 9
                for row in csv.DictReader(handle)
                for part in ("分子", "分母")
            ):
                found.add(path.name)
        page = (folder / "site" / "indicators" / f"{one}.html").read_text(encoding="utf-8")
        if re.search(r"<td>[1-9]</td>", page):
            found.add(f"{one}.html")
    return found


def test_no_number_of_a_referral_or_a_meeting_is_in_any_public_file(published, sample_database, tmp_path):
    told = [row["referral_id"] for row in sample_database.rows("core.referral")]
    told += [row["meeting_id"] for row in sample_database.rows("core.meeting")]
    names = sorted({str(one) for one in told if len(str(one)) >= 6})
    assert len(names) > 500
    assert files_naming(published.folder, names) == set()
    # And it would be found, wherever it stood.
    planted = Path(shutil.copytree(published.folder, tmp_path / "planted"))
    places = ["site/data.html", "data/datapackage.json", "safety.json"]
    for place in places:
        with (planted / place).open("a", encoding="utf-8") as handle:
            handle.write(f"<!-- {names[7]} -->")
    with duckdb.connect(str(planted / DATABASE)) as con:
        con.execute("update public.area set name = $name where place = 0", {"name": names[300]})
    assert files_naming(planted, names) == {*places, DATABASE}


def test_no_small_count_is_printed_anywhere(published, tmp_path):
    assert small_counts_printed(published.folder) == set()
    planted = Path(shutil.copytree(published.folder, tmp_path / "planted"))
    with duckdb.connect(str(planted / DATABASE)) as con:
        con.execute("update public.cell set numerator = 7 where indicator_id = 'handover_rate' and is_numerator_hidden")
    (path,) = (planted / "data").glob("direction_balance*.csv")
    path.write_bytes(path.read_bytes().replace(b",x,", b",3,", 1))
    page = planted / "site" / "indicators" / "handover_rate.html"
    page.write_text(page.read_text(encoding="utf-8").replace("<td>x</td>", "<td>4</td>", 1), encoding="utf-8")
    assert small_counts_printed(planted) == {f"{DATABASE}: handover_rate", path.name, "handover_rate.html"}


def test_no_file_knows_the_tables_behind_it_nor_the_ledger(published):
    for file, body in public_bytes(published.folder).items():
        for name in (b"core.", b"cube.", b"raw.", b"referral_id", b"ledger", b"is_safe", b"complementary"):
            assert name not in body, (file, name)


def test_no_hidden_count_stands_in_its_place(published):
    true = published.draft.cells.set_index(["indicator_id", "area_code", "period", "breakdown"])
    with published.store() as store:
        for one in ("handover_rate", "direction_balance"):
            cells = store.cells(one)
            for part in ("numerator", "denominator"):
                hidden = cells[cells[f"is_{part}_hidden"]]
                assert len(hidden) >= 3 and hidden[part].isna().all()
                shown = cells[cells[part].notna()]
                keys = [(one, row.area_code, row.period, row.breakdown) for row in shown.itertuples()]
                assert not true.loc[keys, f"is_{part}_hidden"].any()
                assert (true.loc[keys, part].to_numpy() == shown[part].to_numpy()).all()


@pytest.fixture
def with_cases(published, tmp_path):
    """The desk has marked two cases public, of which one tells a small count in its own words."""
    place = published.copy_to(tmp_path / "build")
    desk = Desk(desk_url(place))
    sheet = {
        "case_title": "同じ日に二つの会議を開く",
        "category": "支援会議",
        "contact": "地域福祉課 内線4649",
        "publication": "yes",
        "outcome": "紹介は年間３件から48件になった。",
    }
    cases.enter(desk, "992011", sheet, "係長")
    with Store(place.current()) as store:
        returned = store.examples()
    merged = cases.merged(returned.to_dict("records"), desk)
    allowed = [case for case in merged if case.sheet.get("publication") == "yes"]
    for case in (
        next(one for one in allowed if one.origin == "desk"),
        next(one for one in allowed if one.origin == "return"),
    ):
        cases.mark(desk, case, "public", "係長")
    return place, returned, [case for case in merged if case.state != "public"]


def test_a_case_that_shows_a_person_is_not_published_and_the_words_are_not_repeated(published, tmp_path):
    case = Example("1", "992011", "訪問の工夫", "相談", None, {"経緯": "初めに\n山田花子さんを訪ねた。\n次に"})
    draft = replace(published.draft, examples=[case])
    with pytest.raises(Refused, match="「訪問の工夫」の「経緯」に、個人に関する記載") as refused:
        publish(draft, approve(draft), published.copy_to(tmp_path / "build"))
    assert "山田" not in str(refused.value) and "公開をやめ" in str(refused.value)


def test_a_title_that_shows_a_person_is_not_repeated_either():
    case = Example("7", "992011", "山田花子さんの訪問", "相談", None, {"経緯": "電話は03-1234-5678"})
    told = personal([case])
    assert len(told) == 2 and all(one.startswith("992011の事例（番号7）の「") for one in told)


def test_only_public_cases_are_published_without_whom_to_ask(with_cases):
    place, returned, _ = with_cases
    found = public_examples(returned, place)
    assert len(found) == 2
    assert all("問合せ先" not in one.sheet and "公開可否" not in one.sheet for one in found)
    (warning,) = [one for one in small_counts(found, 10) if "同じ日に二つの会議を開く" in one]
    assert "3件" in warning and "48件" not in warning


def test_the_contact_of_a_case_reaches_no_file(with_cases):
    place, _, _ = with_cases
    draft = prepare(place, SELECTION)
    assert any("同じ日に二つの会議を開く" in warning for warning in draft.warnings)
    folder = publish(draft, approve(draft), place).folder
    with PublicStore(folder / DATABASE) as store:
        assert len(store.examples()) == 2
    texts = {file: body.decode("utf-8", errors="ignore") for file, body in public_bytes(folder).items()}
    assert [file for file, text in texts.items() if "4649" in text] == []
    assert any("同じ日に二つの会議を開く" in text for text in texts.values())


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        ("紹介は年間３件から48件になった。", "10未満の数（3件）"),
        ("昨年度につながった五世帯のうち、二世帯が就労した。", "10未満の数（五世帯、二世帯）"),
        ("数名が毎週通い、若干名は訪問を続けた。", "10未満の数（数名、若干名）"),
        ("80代の母と暮らす52歳の方を訪ねた。", "年齢（52歳）"),
        ("一人暮らしの65歳以上の方、1人暮らしの学生、二人三脚、一人ひとりに声を掛け、12人と二十三人が参加した。", ""),
        ("18歳未満と40歳から64歳まで、2か所で3回、5人以上の地区に限った。", ""),
    ],
)
def test_small_numbers_and_ages_in_the_words_of_a_case_are_told_to_the_approver(text, warned):
    case = Example("992011-1", "992011", "合同の相談会", "窓口", None, {"工夫": text})
    said = small_counts([case], 10)
    assert said == ([f"事例「合同の相談会」の工夫に、{warned}が書かれています。"] if warned else [])
