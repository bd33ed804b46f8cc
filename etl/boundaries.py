"""Write the outlines browsers draw: a GeoJSON for each prefecture and for Japan, and an index of boxes and neighbours.

Geometry never goes through a page's rerun; browsers fetch these static files once and colour them by code.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from etl.contiguity import neighbours_of
from etl.framing import Box, Ring, area, frame, union

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "data" / "reference"
SAMPLE = ROOT / "data" / "samples" / "mihonken" / "boundaries.geojson"
STATIC = ROOT / "static" / "boundaries"
DETAIL = "municipalities_2025_detail.geojson.gz"
OVERVIEW = "municipalities_2025_overview.geojson.gz"
PREFECTURES = "prefectures_2025.geojson"
STAMP = "sources.sha256"

# A prefecture whose detail is larger than this is drawn from the overview.
AIM_BYTES = 150_000
DECIMALS = 4

Polygon = list[Ring]
Feature = dict[str, Any]


class VanishedOutline(Exception):  # noqa: N818
    """Rounding left nothing of a municipality."""


def write_boundaries(out: Path = STATIC, reference: Path = REFERENCE, sample: Path = SAMPLE) -> list[Path]:
    """Write <pref>.geojson (01–47, and 99 when 見本県 is there), japan.geojson and index.json into out.

    Each file is replaced as a whole; files of prefectures that are no longer there are removed.
    """
    detail, overview = _by_prefecture(reference / DETAIL), _by_prefecture(reference / OVERVIEW)
    if sample.exists():
        detail |= _by_prefecture(sample)
    texts: dict[str, str] = {}
    index: dict[str, dict[str, Any]] = {}
    for pref_code in sorted(detail):
        areas = _outlines(detail[pref_code], "code6", "name")
        text = _collection(areas)
        if len(text.encode()) > AIM_BYTES and pref_code in overview:
            areas = _outlines(overview[pref_code], "code6", "name")
            text = _collection(areas)
        texts[f"{pref_code}.geojson"] = text
        index[pref_code] = _entry(areas, frame([[part[0] for part in parts] for _, _, parts in areas]))
    country = _outlines(_features(reference / PREFECTURES), "pref_code", "pref_name")
    texts["japan.geojson"] = _collection(country)
    index["japan"] = _entry(country, union(tuple(index[code]["bbox"]) for code, _, _ in country))
    texts["index.json"] = _compact(index)
    texts[STAMP] = _digest(reference, sample)
    return _replace(out, texts)


def boundaries_are_current(out: Path = STATIC, reference: Path = REFERENCE, sample: Path = SAMPLE) -> bool:
    """True when out was written from these very sources by this very code and every file is still there."""
    stamp, index = out / STAMP, out / "index.json"
    if not stamp.exists() or not index.exists() or stamp.read_text() != _digest(reference, sample):
        return False
    return all((out / f"{name}.geojson").exists() for name in json.loads(index.read_text(encoding="utf-8")))


def _digest(reference: Path, sample: Path) -> str:
    # Content, not times: a fresh checkout or an unpacked archive has arbitrary times.
    digest = hashlib.sha256()
    code = [Path(__file__).with_name(name) for name in ("boundaries.py", "contiguity.py", "framing.py")]
    for path in [*code, reference / DETAIL, reference / OVERVIEW, reference / PREFECTURES, sample]:
        digest.update(path.read_bytes() if path.exists() else b"absent")
    return digest.hexdigest()


def _features(path: Path) -> list[Feature]:
    content = path.read_bytes()
    features: list[Feature] = json.loads(gzip.decompress(content) if path.suffix == ".gz" else content)["features"]
    return features


def _by_prefecture(path: Path) -> dict[str, list[Feature]]:
    found = defaultdict(list)
    for feature in _features(path):
        found[feature["properties"]["pref_code"]].append(feature)
    return dict(found)


def _outlines(features: Iterable[Feature], code: str, name: str) -> list[tuple[str, str, list[Polygon]]]:
    """Return (code, name, rounded polygons) in ascending order of code."""
    found = []
    for feature in features:
        properties, geometry = feature["properties"], feature["geometry"]
        polygons = geometry["coordinates"]
        if geometry["type"] == "Polygon":
            polygons = [polygons]
        parts = [part for part in map(_rounded, polygons) if part]
        if not parts:
            raise VanishedOutline(f"{properties[code]} {properties[name]}")
        found.append((properties[code], properties[name], parts))
    return sorted(found, key=lambda one: one[0])


def _rounded(polygon: Polygon) -> Polygon:
    """Round a polygon; a hole that collapses is dropped, a collapsed outer ring leaves an empty polygon."""
    rings = []
    for position, ring in enumerate(polygon):
        points: Ring = []
        for x, y, *_ in ring:
            point = [round(x, DECIMALS), round(y, DECIMALS)]
            if not points or point != points[-1]:
                points.append(point)
        if len(points) >= 4 and area(points) > 0:
            rings.append(points)
        elif position == 0:
            return []
    return rings


def _collection(areas: Iterable[tuple[str, str, list[Polygon]]]) -> str:
    features = []
    for i, (code, name, parts) in enumerate(areas):
        shape: Feature = {"type": "MultiPolygon", "coordinates": parts}
        if len(parts) == 1:
            shape = {"type": "Polygon", "coordinates": parts[0]}
        properties = {"i": i, "code": code, "name": name}
        features.append({"type": "Feature", "properties": properties, "geometry": shape})
    return _compact({"type": "FeatureCollection", "features": features})


def _entry(areas: list[tuple[str, str, list[Polygon]]], bbox: Box) -> dict[str, Any]:
    return {
        "bbox": list(bbox),
        "codes": [code for code, _, _ in areas],
        "names": [name for _, name, _ in areas],
        "neighbours": neighbours_of(areas),
    }


def _compact(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _replace(out: Path, texts: dict[str, str]) -> list[Path]:
    out.mkdir(parents=True, exist_ok=True)
    # Beside the target, because os.replace cannot cross file systems. The stamp comes last: a run that is
    # killed in between counts as not done.
    waiting = Path(tempfile.mkdtemp(prefix=".boundaries-", dir=out.parent))
    try:
        for name, text in texts.items():
            (waiting / name).write_text(text, encoding="utf-8", newline="\n")
        for name in texts:
            os.replace(waiting / name, out / name)
    finally:
        shutil.rmtree(waiting, ignore_errors=True)
    for path in out.glob("*.geojson"):
        if path.name not in texts:
            path.unlink()
    return [out / name for name in texts]
