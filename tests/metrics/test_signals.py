from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from metrics.catalog import Indicator
from metrics.estimate import METHODS
from metrics.signals import LEAST_POINTS, RULES, signals, tendency_of
from metrics.stats.control import p_chart, xmr

MONTHS = [f"{2022 + (k + 3) // 12}-{(k + 3) % 12 + 1:02d}" for k in range(36)]


def indicator(kind: str) -> Indicator:
    return Indicator(
        id=kind, title=kind, kind=kind, period="month", unit="", numerator="", denominator="", notice=("N1",),
        reading="neither", returns=("referral",), source="", note="", public=False, breakdown=None, sql="",
    )  # fmt: skip


def series(kind: str, part: list[int], whole: list[int], months: list[str] = MONTHS) -> pd.DataFrame:
    value = METHODS[kind](part, whole).value
    return pd.DataFrame({"period": months[: len(part)], "numerator": part, "denominator": whole, "value": value})


def test_a_proportion_stands_on_a_p_chart() -> None:
    part, whole = [30, 28, 33, 25] * 6, [60, 55, 62, 58] * 6
    found = signals(indicator("proportion"), series("proportion", part, whole))
    chart = p_chart(part, whole)
    assert list(found.columns) == ["period", "value", "centre", "lower", "upper", "signal"]
    assert list(found["period"]) == MONTHS[:24]
    for column, line in (("centre", chart.centre), ("lower", chart.lower), ("upper", chart.upper)):
        assert found[column].to_numpy() == pytest.approx(line)
    assert set(found["signal"]) == {""}


@pytest.mark.parametrize("kind", ["rate", "ratio", "duration"])
def test_rates_ratios_and_medians_stand_on_an_xmr_chart_not_below_zero(kind: str) -> None:
    each = series("ratio", [0, 9, 1, 8] * 6, [2, 2, 2, 2] * 6)
    found = signals(indicator(kind), each)
    chart = xmr(each["value"], least=0.0)
    assert found["upper"].to_numpy() == pytest.approx(chart.upper)
    assert (found["lower"] == 0).all()


def test_a_month_that_stands_out_is_named_by_its_rule() -> None:
    part = [30, 32] * 12
    part[20] = 55
    found = signals(indicator("proportion"), series("proportion", part, [60] * 24))
    assert found["signal"].iloc[20] == "beyond_limits" == RULES[0]
    assert found["signal"].isin(["", *RULES]).all()


def test_a_month_not_sent_has_no_signal_and_ends_a_run() -> None:
    part, whole = [30, 40] * 8 + [37] * 4 + [0] + [37] * 4, [60] * 20 + [0] + [60] * 4
    found = signals(indicator("proportion"), series("proportion", part, whole))
    assert np.isnan(found["value"].iloc[20])
    assert np.isnan(found["lower"].iloc[20])
    assert set(found["signal"]) == {""}
    sent = signals(indicator("proportion"), series("proportion", [*part[:20], 37, *part[21:]], [60] * 25))
    assert set(sent["signal"].iloc[16:]) == {"shift"}


def test_after_a_break_the_centre_is_a_new_one() -> None:
    part = [20, 22] * 6 + [50, 52] * 6
    each = series("proportion", part, [60] * 24)
    found = signals(indicator("proportion"), each, breaks=[MONTHS[12]])
    assert found["centre"].iloc[0] == pytest.approx(21 / 60)
    assert found["centre"].iloc[-1] == pytest.approx(51 / 60)
    assert set(found["signal"]) == {""}
    assert set(signals(indicator("proportion"), each)["signal"]) != {""}


def test_a_break_between_the_months_begins_at_the_next_and_one_outside_does_nothing() -> None:
    each = series("proportion", [20, 22] * 6 + [50, 52] * 6, [60] * 24).drop(index=[12])
    named = signals(indicator("proportion"), each, breaks=[MONTHS[12]])
    assert named["centre"].iloc[11] == pytest.approx(21 / 60)
    assert np.isnan(named["centre"].iloc[12])  # eleven months are left after the break
    plain = signals(indicator("proportion"), each)
    outside = signals(indicator("proportion"), each, breaks=["2019-04", "2031-04", MONTHS[0]])
    pd.testing.assert_frame_equal(outside, plain)


@pytest.mark.parametrize("kind", ["proportion", "rate", "count"])
def test_few_months_and_complete_counts_have_neither_limits_nor_signals(kind: str) -> None:
    length = 24 if kind == "count" else LEAST_POINTS - 1
    each = series(kind, [1, 30] * (length // 2) + [1] * (length % 2), [60] * length)
    found = signals(indicator(kind), each)
    assert found[["centre", "lower", "upper"]].isna().all(axis=None)
    assert set(found["signal"]) == {""}
    assert found["value"].notna().all()


def test_an_empty_series_stays_empty() -> None:
    found = signals(indicator("proportion"), series("proportion", [], []), breaks=["2024-04"])
    assert found.empty
    assert list(found.columns) == ["period", "value", "centre", "lower", "upper", "signal"]


def test_months_that_do_not_rise_are_refused() -> None:
    each = series("proportion", [1, 2], [3, 4], ["2024-05", "2024-04"])
    with pytest.raises(ValueError, match="periods must rise"):
        signals(indicator("proportion"), each)


def test_a_tendency_is_told_from_five_values_on() -> None:
    assert tendency_of([1, 2, 3, 4]).method == ""
    found = tendency_of(pd.Series([10, 12, 14, np.nan, 18, 20]))
    assert (found.slope, found.n, found.s) == (2, 5, 10)
    assert found.p == pytest.approx(2 / 120)
