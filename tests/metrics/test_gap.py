from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from metrics.catalog import Indicator
from metrics.estimate import METHODS
from metrics.gap import Spread, spread
from metrics.stats import heterogeneity, homogeneity, inequality, spatial

CODES = [f"{k:06d}" for k in range(12)]
GROUPS = {code: ("市", "町", "村")[k % 3] for k, code in enumerate(CODES)}
RING = {code: (CODES[k - 1], CODES[(k + 1) % 12]) for k, code in enumerate(CODES)}
PART = np.array([12, 40, 9, 33, 25, 61, 7, 18, 22, 30, 44, 15])
WHOLE = np.array([30, 60, 30, 50, 60, 80, 20, 40, 50, 50, 60, 45])


def indicator(kind: str) -> Indicator:
    return Indicator(
        id=kind, title=kind, kind=kind, period="month", unit="", numerator="", denominator="", notice=("N1",),
        reading="neither", returns=("referral",), source="", note="", public=False, breakdown=None, sql="",
    )  # fmt: skip


def areas(kind: str, part: np.ndarray = PART, whole: np.ndarray = WHOLE) -> pd.DataFrame:
    value = METHODS[kind](part, whole).value
    return pd.DataFrame({"area_code": CODES[: len(part)], "numerator": part, "denominator": whole, "value": value})


def found(kind: str, each: pd.DataFrame) -> Spread:
    return spread(indicator(kind), each, GROUPS, RING)


@pytest.mark.parametrize("kind", ["proportion", "rate", "ratio"])
def test_every_part_is_what_its_method_says(kind: str) -> None:
    each = areas(kind)
    gap = found(kind, each)
    beyond = (heterogeneity.proportions if kind == "proportion" else heterogeneity.rates)(PART, WHOLE)
    alike = (homogeneity.proportions if kind == "proportion" else homogeneity.rates)(PART, WHOLE)
    assert (gap.tau2, gap.i2, gap.q_p) == (beyond.tau2, beyond.i2, alike.p)
    assert gap.p90_p10 == inequality.decile_ratio(each["value"]).value
    theil = inequality.theil(each["value"], WHOLE, list(GROUPS.values()))
    assert gap.theil == theil.total
    assert (gap.within_share, gap.between_share) == pytest.approx(
        (theil.within / theil.total, theil.between / theil.total)
    )
    ring = [[(k - 1) % 12, (k + 1) % 12] for k in range(12)]
    moran = spatial.moran(each["value"], ring)
    assert (gap.moran_i, gap.moran_p) == (moran.i, moran.p)
    assert (gap.n, gap.moran_n, dict(gap.reasons)) == (12, 12, {})


def test_shares_add_up_to_one() -> None:
    gap = found("proportion", areas("proportion"))
    assert gap.within_share is not None
    assert gap.between_share is not None
    assert gap.within_share + gap.between_share == pytest.approx(1)


def test_areas_without_value_or_without_a_kind_are_left_out() -> None:
    each = areas("proportion", np.where(np.arange(12) < 3, 0, PART), np.where(np.arange(12) < 3, 0, WHOLE))
    rest = areas("proportion").iloc[3:]
    assert found("proportion", each) is not None
    gap, other = found("proportion", each), found("proportion", rest)
    assert (gap.n, gap.moran_n) == (9, 9)
    assert (gap.tau2, gap.theil, gap.moran_i) == (other.tau2, other.theil, other.moran_i)
    named = spread(indicator("proportion"), areas("proportion"), dict.fromkeys(CODES[:6], "市"), RING)
    assert named.theil == inequality.theil(areas("proportion")["value"][:6], WHOLE[:6], ["市"] * 6).total


def test_neighbours_outside_the_areas_are_passed_over() -> None:
    wide = {code: (*near, "999999") for code, near in RING.items()}
    gap = spread(indicator("proportion"), areas("proportion"), GROUPS, wide)
    assert gap.moran_i == found("proportion", areas("proportion")).moran_i


def test_an_order_other_than_that_of_the_neighbours_changes_nothing() -> None:
    shuffled = areas("proportion").sample(frac=1, random_state=1)
    gap, other = found("proportion", shuffled), found("proportion", areas("proportion"))
    assert (gap.moran_i, gap.theil, gap.tau2) == pytest.approx((other.moran_i, other.theil, other.tau2))


def test_a_complete_count_is_refused_in_every_part() -> None:
    gap = found("count", areas("count", np.ones(12, dtype=int), np.ones(12, dtype=int)))
    assert dict(gap.reasons) == dict.fromkeys(("heterogeneity", "deciles", "theil", "moran"), "kind")
    assert (gap.tau2, gap.i2, gap.q_p, gap.p90_p10, gap.theil, gap.moran_i, gap.moran_p) == (None,) * 7
    assert (gap.n, gap.moran_n) == (12, 0)


def test_of_medians_only_deciles_and_neighbours_are_told() -> None:
    gap = found("duration", areas("proportion").assign(value=[*range(10, 22)]))
    assert dict(gap.reasons) == {"heterogeneity": "kind", "theil": "kind"}
    assert gap.p90_p10 == pytest.approx(19.9 / 11.1)
    assert gap.moran_i is not None


def test_few_areas_are_refused_with_the_reason() -> None:
    gap = found("proportion", areas("proportion", PART[:4], WHOLE[:4]))
    assert dict(gap.reasons) == {"deciles": "few_areas", "theil": "few_areas", "moran": "few_areas"}
    nobody = found("proportion", areas("proportion", PART[:0], WHOLE[:0]))
    assert set(nobody.reasons.values()) == {"few_areas"}
    assert nobody.n == 0


def test_zeros_equal_values_and_lonely_areas_are_refused_with_the_reason() -> None:
    zero = found("proportion", areas("proportion", np.zeros(12, dtype=int)))
    assert dict(zero.reasons) == {"deciles": "zero", "theil": "zero", "moran": "alike"}
    assert zero.i2 == 0
    alone = spread(indicator("proportion"), areas("proportion"), GROUPS, {})
    assert dict(alone.reasons) == {"moran": "no_neighbours"}


def test_equal_values_have_no_inequality_and_no_shares_of_it() -> None:
    gap = found("proportion", areas("proportion", np.full(12, 10), np.full(12, 20)))
    assert (gap.theil, gap.p90_p10) == (pytest.approx(0), 1)
    assert gap.within_share == pytest.approx(0)
    assert gap.between_share == pytest.approx(0)
