from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from metrics.catalog import Indicator, load_catalog
from metrics.standing import LEAST_PEERS, of_peers, sizes

SHARE = load_catalog()["recommendation_rate"]
RATE = load_catalog()["referrals_per_100k_month"]
COUNT = load_catalog()["platform_established"]
DAYS = load_catalog()["days_to_contact"]


def frame(*rows: tuple[str, int, int]) -> pd.DataFrame:
    """area_code, numerator, denominator; a denominator of 0 has no value."""
    found = pd.DataFrame(rows, columns=["area_code", "numerator", "denominator"])
    return found.assign(value=found["numerator"] / found["denominator"].where(found["denominator"] > 0))


def test_the_size_of_a_share_is_cohens_h() -> None:
    """Cohen (1988), table 6.2.2: h between .50 and .60 is 0.201, between .05 and .15 is 0.344."""
    for p, whole, h in ((0.60, 0.50, 0.201), (0.15, 0.05, 0.344), (0.05, 0.15, -0.344), (0.5, 0.5, 0.0)):
        assert sizes(SHARE, pd.DataFrame({"shrunk": [p]}), whole)[0] == pytest.approx(h, abs=0.001)


def test_the_size_of_a_rate_is_the_logarithm_of_the_ratio() -> None:
    found = sizes(RATE, pd.DataFrame({"shrunk": [20.0, 5.0, np.nan]}), 10.0)
    assert found[:2] == pytest.approx([math.log(2), -math.log(2)])
    assert math.isnan(found[2])


@pytest.mark.parametrize("indicator", [COUNT, DAYS])
def test_a_kind_that_is_not_compared_has_no_size(indicator: Indicator) -> None:
    assert np.isnan(sizes(indicator, pd.DataFrame({"shrunk": [0.5]}), 0.4)).all()


def test_quartiles_of_peers_leave_out_small_and_missing_ones_and_others() -> None:
    each = frame(("a", 2, 10), ("b", 5, 10), ("c", 9, 10), ("small", 9, 9), ("none", 0, 0), ("other", 10, 10))
    found = of_peers(SHARE, each, 0.5, ["a", "b", "c", "small", "none"])
    assert (found.low, found.middle, found.high, found.areas) == pytest.approx((0.35, 0.5, 0.7, 3))


def test_peers_of_a_rate_need_five_expected_events() -> None:
    each = frame(("a", 5, 100_000), ("b", 6, 100_000), ("c", 9, 100_000), ("small", 4, 90_000))
    each["value"] *= 100_000
    found = of_peers(RATE, each, 5.0, list(each["area_code"]))
    assert (found.middle, found.areas) == pytest.approx((6.0, 3))


def test_too_few_peers_have_no_middle() -> None:
    each = frame(("a", 2, 10), ("b", 5, 10))
    found = of_peers(SHARE, each, 0.5, ["a", "b"])
    assert found.areas == LEAST_PEERS - 1
    assert math.isnan(found.middle)


def test_of_yes_and_no_the_middle_is_the_share_of_yes() -> None:
    each = frame(("a", 1, 1), ("b", 1, 1), ("c", 0, 1), ("d", 0, 1))
    found = of_peers(COUNT, each, 0.5, ["a", "b", "c"])
    assert found.middle == pytest.approx(2 / 3)
    assert math.isnan(found.low)
    assert math.isnan(found.high)
