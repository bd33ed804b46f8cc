"""Similar municipalities: nearest by what openly describes them, with the distance told part by part.

Gower's coefficient (Gower JC (1971) Biometrics 27:857-871): each attribute gives a part between 0 (the same) and 1 (as
far apart as it goes in the prefecture), the distance is their weighted mean over the attributes known of both. Nothing
that the indicators measure goes in: similar municipalities are those in the same situation, not with the same figures.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from metrics.stats import Floats

# Kinds in the order of their powers: the further apart, the less alike. Special wards act as cities.
KINDS = {"政令指定都市": 3.0, "中核市": 2.0, "市": 1.0, "特別区": 1.0, "町": 0.0, "村": 0.0}
# Size decides most of what a municipality can do, hence half of all.
WEIGHTS: Mapping[str, float] = {
    "size": 4.0,
    "kind": 1.0,
    "welfare_office": 1.0,
    "single_share": 1.0,
    "older_share": 1.0,
}
# At least this share of the weights must be known of both, or the distance would say little.
LEAST_KNOWN = 0.5
COLUMNS = ["area_code", "distance", "similarity", "known", *WEIGHTS]


def similar(areas: pd.DataFrame, code: str, count: int = 8) -> pd.DataFrame:
    """The `count` nearest to the municipality `code`: COLUMNS, nearest first.

    areas: Store.areas (type, has_welfare_office, population, households, single_households, population_65plus).
    distance is the sum of the parts, which stand in the columns of the attributes; a part that is NaN is unknown of
    one of the two and takes no part (unknown is not "no"). similarity is 1 - distance. known: share of the weights
    behind the distance; municipalities under LEAST_KNOWN are left out. KeyError: `code` is not among the areas.
    """
    positions = np.flatnonzero((areas["area_code"] == code).to_numpy())
    if len(positions) == 0:
        raise KeyError(code)
    attributes = attributes_of(areas)
    apart = np.column_stack([_apart(attributes[name].to_numpy(np.float64), positions[0]) for name in WEIGHTS])
    weights = np.where(np.isnan(apart), 0.0, np.array(list(WEIGHTS.values())))
    known = weights.sum(axis=1) / sum(WEIGHTS.values())
    parts = apart * weights / np.maximum(weights.sum(axis=1), 1e-12)[:, None]
    distance = np.nansum(parts, axis=1)
    frame = pd.DataFrame(dict(zip(WEIGHTS, parts.T, strict=True)))
    frame.insert(0, "area_code", areas["area_code"].to_numpy())
    frame = frame.assign(distance=distance, similarity=1 - distance, known=known)
    others = frame[(frame["area_code"] != code) & (frame["known"] >= LEAST_KNOWN)]
    return others.sort_values(["distance", "area_code"])[COLUMNS].head(count).reset_index(drop=True)


def attributes_of(areas: pd.DataFrame) -> pd.DataFrame:
    """What municipalities are compared by, in the order of `areas`: names of WEIGHTS, NaN where unknown.

    size is the logarithm of the population (10 to 20 thousand is as far as 100 to 200), the shares are between 0 and 1.
    """
    numbers = {name: _number(areas, name) for name in ("population", "households", "single_households")}
    older = _number(areas, "population_65plus")
    office = areas["has_welfare_office"].astype("boolean").astype("Float64").to_numpy(np.float64, na_value=np.nan)
    people, households = (np.where(numbers[n] > 0, numbers[n], np.nan) for n in ("population", "households"))
    return pd.DataFrame(
        {
            "size": np.log(people),
            "kind": areas["type"].map(KINDS).to_numpy(np.float64),
            "welfare_office": office,
            "single_share": numbers["single_households"] / households,
            "older_share": older / people,
        },
        index=areas.index,
    )


def _number(areas: pd.DataFrame, column: str) -> Floats:
    return np.asarray(areas[column].astype("Float64").to_numpy(np.float64, na_value=np.nan))


def _apart(values: Floats, position: int) -> Floats:
    """Differences to the one at `position`, over the range in the prefecture; 0 where nothing differs."""
    known = values[~np.isnan(values)]
    width = float(known.max() - known.min()) if len(known) else 0.0
    gaps = np.abs(values - values[position])
    return np.asarray(gaps / width if width > 0 else gaps)
