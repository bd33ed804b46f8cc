"""Decimals are rounded as offices do: a half goes away from zero, also where the computer leaves it a hair below."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ui import labels
from ui.labels.rounding import fixed, half_up


def by_hand(value: Fraction, decimals: int) -> str:
    """The exact quotient, rounded on paper."""
    scaled = abs(value) * 10**decimals
    whole = math.floor(scaled + Fraction(1, 2))
    return f"{Decimal(-whole if value < 0 else whole).scaleb(-decimals):,.{decimals}f}"


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (81.25, 1, "81.3"),
        (0.285 * 100, 0, "29"),  # 28.499999999999996
        (1.005, 2, "1.01"),
        (2.5, 0, "3"),
        (-81.25, 1, "-81.3"),
        (81.2499999, 1, "81.2"),
        (999.95, 1, "1,000.0"),
        (123_456_789.1234, 3, "123,456,789.123"),
        (1e15 + 0.5, 0, "1,000,000,000,000,000"),  # the half is lost below the digits of a binary number
        (0.0, 1, "0.0"),
    ],
)
def test_a_half_goes_away_from_zero(value: float, decimals: int, text: str) -> None:
    assert fixed(value, decimals) == text
    assert half_up(value, decimals) == float(text.replace(",", ""))


def test_every_share_of_up_to_four_hundred_is_rounded_as_on_paper() -> None:
    wrong = [
        (part, whole)
        for whole in range(1, 401)
        for part in range(whole + 1)
        if labels.number_text(part / whole, "proportion") != by_hand(Fraction(100 * part, whole), 1)
    ]
    assert wrong == []


@settings(deadline=None, max_examples=200)
@given(st.integers(1, 10**8), st.data(), st.integers(0, 3))
def test_shares_of_many_are_rounded_as_on_paper(whole: int, data: st.DataObject, decimals: int) -> None:
    part = data.draw(st.integers(0, whole))
    assert fixed(part / whole * 100, decimals) == by_hand(Fraction(100 * part, whole), decimals)


@settings(deadline=None, max_examples=200)
@given(st.integers(-(10**9), 10**9), st.integers(0, 3))
def test_decimal_numbers_are_rounded_by_their_digits(thousandths: int, decimals: int) -> None:
    exact = Decimal(thousandths).scaleb(-4)
    wanted = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    assert Decimal(fixed(float(exact), decimals).replace(",", "")) == wanted


def test_a_change_is_rounded_by_what_it_is_on_paper() -> None:
    # 81.25 % less 80.0 % is 1.25 points; in binary 1.2499999999999956.
    assert (0.8125 - 0.8) * 100 < 1.25
    assert labels.change_text(0.8125, 0.8, "proportion") == "+1.3ポイント"
    assert labels.change_text(0.8, 0.8125, "proportion") == "-1.3ポイント"
    assert labels.change_text(1234.05, 1234.1, "ratio") == "-0.05件"


def test_the_kinds_of_numbers_round_alike() -> None:
    assert [labels.number_text(value, kind) for value, kind in ((0.8125, "proportion"), (0.25, "rate"))] == [
        "81.3",
        "0.3",
    ]
    assert (labels.number_text(1.125, "ratio"), labels.number_text(12.5, "duration")) == ("1.13", "13")
    assert labels.p_text(0.0125) == "p＝0.013"
