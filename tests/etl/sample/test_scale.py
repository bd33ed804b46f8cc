"""Returns by the thousand: valid row by row."""

import pandas as pd
import pytest

from etl.sample import write_sample
from etl.sample.tables import HEADINGS

ROWS = 20_000
CHOICES = {
    "利用勧奨": {"有", "無"},
    "本人同意": {"有", "無", "未確認"},
    "提供根拠": {"本人同意", "法令に基づく", "2項2号", "2項3号", "2項4号", "会議体内の共有", "未記録"},
    "結果": {"支援中", "終結", "他機関へ紹介", "辞退", "つながらず", "対象外", "受入不可(余力なし)", "未定"},
    "課題": {"孤立", "困窮", "両方", "不明"},
    "年代": {"10代以下", "20代", "30代", "40代", "50代", "60代", "70代", "80代以上", "不明"},
    "性別": {"男", "女", "その他", "不明"},
    "世帯": {"単身", "夫婦のみ", "ひとり親と子", "夫婦と子", "三世代", "その他", "不明"},
}


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    return write_sample(tmp_path_factory.mktemp("scale"), prefecture="07", rows=ROWS)


@pytest.fixture(scope="module")
def referrals(written):
    return pd.read_csv(written[0], dtype=str)


def test_the_files_are_named_after_prefecture_and_rows(written):
    assert [path.name for path in written] == ["referral_07_20000_架空データ.csv", "meeting_07_1000_架空データ.csv"]


def test_there_are_as_many_rows_as_asked_with_all_columns(written, referrals):
    assert referrals.shape == (ROWS, 17)
    assert tuple(referrals.columns) == HEADINGS["referral"]
    assert len(pd.read_csv(written[1])) == 1000


def test_dates_are_in_order_and_inside_the_three_years(referrals):
    days = referrals[["把握日", "つなぎ日", "初回相談日", "プラン作成日"]].apply(pd.to_datetime, format="%Y-%m-%d")
    for earlier, later in zip(days.columns, days.columns[1:], strict=False):
        both = days.dropna(subset=[later])
        assert (both[earlier] <= both[later]).all() and len(both) > 1000
    assert str(days.min().min().date()) >= "2022-04-01"
    assert str(days.max().max().date()) <= "2025-03-31"
    assert days["把握日"].dt.to_period("M").nunique() == 36


def test_numbers_are_unique_and_marked_as_sample(referrals):
    assert referrals["紹介番号"].is_unique
    assert referrals["紹介番号"].str.startswith("SAMPLE-").all()


def test_codes_and_names_are_those_of_the_prefecture(referrals):
    assert set(referrals["団体コード"].str[:2]) == {"07"}
    assert referrals["団体コード"].str.len().eq(6).all()
    assert (referrals.loc[referrals["団体コード"] == "072010", "市区町村"] == "福島市").all()


def test_every_word_is_in_its_code_list(referrals):
    for heading, words in CHOICES.items():
        assert set(referrals[heading].dropna()) <= words, heading


def test_meetings_name_each_organisation_once_and_keep_their_facts(written):
    meetings = pd.read_csv(written[1], dtype=str)
    assert not meetings.duplicated(["会議番号", "参加機関"]).any()
    same = meetings.groupby("会議番号")[["団体コード", "会議体", "開催日", "検討ケース数"]].nunique()
    assert same.eq(1).all().all()
    assert (meetings["重複ケース数"].astype(int) <= meetings["検討ケース数"].astype(int)).all()


def test_the_same_seed_gives_the_same_bytes_and_another_seed_does_not(written, tmp_path):
    again = write_sample(tmp_path / "a", prefecture="07", rows=ROWS)
    other = write_sample(tmp_path / "b", prefecture="07", rows=ROWS, seed=1)
    assert again[0].read_bytes() == written[0].read_bytes() != other[0].read_bytes()


def test_the_fictional_prefecture_scales_too(tmp_path):
    found = pd.read_csv(write_sample(tmp_path, rows=500)[0], dtype=str)
    assert set(found["団体コード"].str[:2]) == {"99"}


@pytest.mark.parametrize(("prefecture", "rows"), [("48", 10), ("99", 0)])
def test_wrong_use_is_refused(tmp_path, prefecture, rows):
    with pytest.raises(ValueError, match=r"."):
        write_sample(tmp_path, prefecture=prefecture, rows=rows)
