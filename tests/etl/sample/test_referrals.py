"""The invented facts before anyone spells them."""

from datetime import date

import pytest

from etl.sample.meetings import meetings_of
from etl.sample.plan import load_plan
from etl.sample.referrals import referrals_of
from etl.sample.town import load_towns

SEED = 20240624


@pytest.fixture(scope="module")
def towns():
    return load_towns("99", load_plan(), SEED)


@pytest.fixture(scope="module")
def referrals(towns):
    return {town.name: referrals_of(town, load_plan(), SEED) for town in towns}


def share(found) -> float:
    told = [r.recommended for r in found if r.recommended is not None]
    return sum(told) / len(told)


def test_dates_are_in_order_and_none_is_after_the_data_end(referrals):
    for found in referrals.values():
        for r in found:
            days = [day for day in (r.caught, r.handover, r.contact, r.plan) if day]
            assert days == sorted(days) and days[-1] <= date(2025, 3, 31)
            assert r.handover or not r.contact
            assert r.contact or not r.plan
            if r.recommended_on:
                assert r.caught <= r.recommended_on <= (r.handover or date(2025, 3, 31))


def test_only_referrals_to_the_support_agency_carry_a_recommendation(referrals):
    for found in referrals.values():
        support = {"自立相談支援機関", "くらしサポートセンター"}
        assert all((r.recommended is not None) == (r.agency in support) for r in found)


def test_strong_and_weak_municipalities_differ_and_the_third_year_is_better(referrals):
    assert share(referrals["夕凪原市"]) > 0.8 > 0.4 > share(referrals["青苑市"])
    everyone = [r for found in referrals.values() for r in found]
    before, after = ([r for r in everyone if (r.month >= "2024-04") == late] for late in (False, True))
    assert share(after) > share(before) + 0.04


def test_departments_differ(referrals):
    everyone = [r for found in referrals.values() for r in found]
    rates = {name: share([r for r in everyone if r.department == name]) for name in ("生活福祉課", "税務課")}
    assert rates["生活福祉課"] > rates["税務課"] + 0.2


def test_the_last_month_leaves_more_people_waiting_than_the_months_before(referrals):
    handed = [r for found in referrals.values() for r in found if r.handover and r.month >= "2024-01"]
    last = [r.contact is None for r in handed if r.month == "2025-03"]
    before = [r.contact is None for r in handed if r.month < "2025-03"]
    assert sum(last) / len(last) > 1.5 * sum(before) / len(before)


def test_a_silent_municipality_has_nothing(towns, referrals):
    assert referrals["水琴町"] == referrals["雪綿村"] == []


def test_councils_begin_with_the_act_and_an_organisation_comes_once_to_a_meeting(towns):
    for town in towns:
        for meeting in meetings_of(town, load_plan(), SEED):
            names = [each.organisation.name for each in meeting.attendance]
            assert len(names) == len(set(names)) >= 4
            assert meeting.body != "地域協議会" or meeting.held >= date(2024, 4, 1)
            assert (meeting.activity is None) == (meeting.body != "官民連携プラットフォーム")
            assert meeting.cases is None or meeting.shared_cases <= meeting.cases
