"""Every area against the prefecture: drawn-in value, range of ranks, funnel, and what may be said of it.

Pure pandas and numpy over the frames of metrics.estimate. The target is the prefecture's value, the sum of its areas.
A small area is not judged (MINIMUM): with under 10 cases one case moves a share by more than 10 points, and with under
5 events expected the Poisson distribution is so skewed that a lower limit hardly exists; both are the usual bounds
under which the published guides to such comparisons advise to say nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics.catalog import Indicator
from metrics.stats import Floats, funnel, ranking, shrinkage
from metrics.stats.multiple import benjamini_hochberg

VERDICTS = (HIGHER, LOWER, SAME, FEW, NONE) = ("higher", "lower", "same", "few", "none")
ADDED = (
    *("shrunk", "shrunk_low", "shrunk_high", "rank_low", "rank_high"),
    *("funnel_low", "funnel_high", "funnel_low_998", "funnel_high_998", "p", "q", "verdict"),
)
MINIMUM = {"proportion": 10.0, "rate": 5.0, "ratio": 5.0}
MULTIPLIER = {"rate": 100_000.0, "ratio": 1.0}
FINDING = 0.05
JUDGED = "全体の値を中心とする{}の管理限界（Spiegelhalter）と、全市区町村を通した偽発見率5％（Benjamini–Hochberg）"
METHODS = {kind: JUDGED.format("二項分布" if kind == "proportion" else "ポアソン分布") for kind in MINIMUM}
WIDENED = "。市区町村間のばらつきが偶然を超えるため、限界を広げている（φ＝{phi:.2f}）。"
NOT_WIDENED = "。"
NOT_COMPARED = {
    "duration": "日数の中央値には、全体の値を中心とする管理限界を置かないため、比較しない。",
    "count": "全数を数えた割合であり、偶然による差がないため、検定しない。",
}
NO_TARGET = "全体の値がないため、比較しない。"
Whole: TypeAlias = "pd.Series | pd.DataFrame"


@dataclass(frozen=True, eq=False, slots=True)
class Comparison:
    """frame: the areas' estimates with ADDED columns, in their order and with their index.

    Limits and shrunk values are in the unit of `value`; ranks are nullable integers, 1 the highest value. verdict:
    'higher' or 'lower' (q under FINDING), 'same' (no difference can be told), 'few' (volume under `least`), 'none'
    (no value, or a kind that is not compared). p stands for every area with a value, q only for those judged.
    least: cases (proportion) or expected events (rate, ratio); NaN for a kind that is not compared.
    dispersion: phi as estimated, NaN without funnel; is_dispersed: whether limits and p were widened by it.
    method: a sentence for the reader, in Japanese.
    """

    frame: pd.DataFrame
    dispersion: float
    is_dispersed: bool
    least: float
    method: str

    @property
    def inflation(self) -> float:
        """The phi by which limits and p are widened."""
        return self.dispersion if self.is_dispersed else 1.0


def against_prefecture(indicator: Indicator, each: pd.DataFrame, whole: Whole) -> Comparison:
    """each: one row per area, as metrics.estimate hands out; whole: the row of the prefecture (or a frame of one).

    Of partly sent areas the values are used as they are.
    """
    target, least = _target(whole), MINIMUM.get(indicator.kind, np.nan)
    if indicator.kind not in METHODS or np.isnan(target):
        reason = NOT_COMPARED.get(indicator.kind, NO_TARGET)
        return Comparison(_not_compared(each), np.nan, False, least, reason)
    known = each["value"].notna().to_numpy()
    numerator, denominator = (_floats(each[part].where(known)) for part in ("numerator", "denominator"))
    if indicator.kind == "proportion":
        found = funnel.proportions(numerator, denominator, target)
        shrunk = shrinkage.beta_binomial(numerator, denominator)
        ranks = ranking.rank_proportions(numerator, denominator)
        volume = denominator
    else:
        multiplier = MULTIPLIER[indicator.kind]
        found = funnel.rates(numerator, denominator, target, multiplier)
        shrunk = shrinkage.gamma_poisson(numerator, denominator, multiplier)
        ranks = ranking.rank_rates(numerator, denominator)
        volume = denominator * target / multiplier
    judged = known & (volume >= least)
    q = benjamini_hochberg(np.where(judged, found.p, np.nan)).q
    frame = _beside(
        each,
        shrunk=shrunk.value,
        shrunk_low=shrunk.low,
        shrunk_high=shrunk.high,
        rank_low=pd.array(ranks.low, dtype="Int64"),
        rank_high=pd.array(ranks.high, dtype="Int64"),
        funnel_low=found.limits.low,
        funnel_high=found.limits.high,
        funnel_low_998=found.limits.low_998,
        funnel_high_998=found.limits.high_998,
        p=found.p,
        q=q,
        verdict=_verdicts(_floats(each["value"]), target, q, known, judged),
    )
    words = WIDENED.format(phi=found.dispersion) if found.is_dispersed else NOT_WIDENED
    return Comparison(frame, found.dispersion, found.is_dispersed, least, METHODS[indicator.kind] + words)


def funnel_lines(indicator: Indicator, comparison: Comparison, whole: Whole, points: int = 60) -> pd.DataFrame:
    """The lines to draw: denominator, low, high, low_998, high_998 in the unit of `value`, from few cases to many.

    Denominators stand closer where they are small, as the lines bend there. Empty for a kind without a funnel.
    """
    columns = ["denominator", "low", "high", "low_998", "high_998"]
    frame, target = comparison.frame, _target(whole)
    seen = _floats(frame["denominator"][frame["value"].notna()])
    if indicator.kind not in METHODS or np.isnan(target) or len(seen) == 0:
        return pd.DataFrame({column: pd.Series(dtype="float64") for column in columns})
    grid = np.geomspace(max(1.0, seen.min() * 0.8), max(2.0, seen.max() * 1.05), points)
    if indicator.kind == "proportion":
        grid = np.unique(np.round(grid))
        limits = funnel.proportion_limits(target, grid, comparison.inflation)
    else:
        limits = funnel.rate_limits(target, grid, MULTIPLIER[indicator.kind], comparison.inflation)
    lines = (grid, limits.low, limits.high, limits.low_998, limits.high_998)
    return pd.DataFrame(dict(zip(columns, lines, strict=True)))


def _verdicts(
    value: Floats, target: float, q: Floats, known: NDArray[np.bool_], judged: NDArray[np.bool_]
) -> NDArray[np.str_]:
    """One verdict for each area: the first condition that holds, so no area can have two."""
    is_finding = judged & (q < FINDING)
    conditions = [~known, ~judged, is_finding & (value > target), is_finding & (value < target)]
    verdicts: NDArray[np.str_] = np.select(conditions, [NONE, FEW, HIGHER, LOWER], default=SAME)
    return verdicts


def _not_compared(each: pd.DataFrame) -> pd.DataFrame:
    missing: dict[str, object] = {column: np.full(len(each), np.nan) for column in ADDED}
    missing |= {column: pd.array([pd.NA] * len(each), dtype="Int64") for column in ("rank_low", "rank_high")}
    return _beside(each, **missing | {"verdict": np.full(len(each), NONE)})


def _beside(each: pd.DataFrame, **columns: object) -> pd.DataFrame:
    """The frame with columns put beside it, all at once: one after the other would cost more than they do."""
    return pd.DataFrame({**{name: each[name].array for name in each.columns}, **columns}, index=each.index)


def _target(whole: Whole) -> float:
    return float(np.ravel(np.asarray(whole["value"], dtype=np.float64))[0])


def _floats(column: pd.Series) -> Floats:
    return np.asarray(column.to_numpy(dtype=np.float64, na_value=np.nan), dtype=np.float64)
