"""Decimals as offices round them: a half goes up, away from zero (四捨五入), as Excel's number formats do.

Python's own formats round the binary number and an exact half to the even digit: 81.25 gives 81.2, and 0.285 * 100,
which is 28.499999999999996, gives 28.
"""

from __future__ import annotations

# Computing in binary leaves a half off by some 1e-16 of the value, or of what a difference was taken from. A quotient
# of counts up to 100 million that is no half lies farther away than this.
_RELATIVE = 1e-15
_OF_DECIMALS = tuple(1e-9 / 10**decimals for decimals in range(7))
_FORMATS = tuple(f",.{decimals}f" for decimals in range(7))  # made once: a page shows thousands of values
_NO_DECIMALS_FROM = 1e12


def fixed(value: float, decimals: int = 1, sign: str = "") -> str:
    """「1,234.5」: so many decimals (0-6), with thousands separators; sign '+' also marks what is above 0."""
    nudge = _OF_DECIMALS[decimals] + abs(value) * _RELATIVE
    if abs(value) < _NO_DECIMALS_FROM:
        value = value + nudge if value >= 0 else value - nudge
    return format(value, sign + _FORMATS[decimals])


def half_up(value: float, decimals: int = 1) -> float:
    """The number that `fixed` shows."""
    return float(fixed(value, decimals).replace(",", ""))
