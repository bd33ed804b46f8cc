"""The list of 圏域 (parts of a prefecture) that the prefecture itself keeps: which municipality belongs to which."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from etl.gazetteer import DATA
from etl.sources import ReferenceMismatch

REGIONS = DATA / "regions.csv"
CODE, NAME, REGION = "団体コード", "市区町村", "圏域"


def read_regions(paths: Sequence[Path]) -> pd.DataFrame:
    """area_code, region of every municipality that a list names; a file that is not there counts as empty.

    People keep these lists in Excel, which drops the zero a code begins with and saves as UTF-8 or CP932: both are
    read. The column of names is for the people only. Raises ReferenceMismatch naming the file and what is wrong.
    """
    found = [_read(path) for path in paths if path.exists()]
    empty = pd.DataFrame({"area_code": [], "region": []}, dtype="str")
    frame = pd.concat([empty, *found], ignore_index=True)
    twice = sorted(set(frame["area_code"][frame["area_code"].duplicated()]))
    if twice:
        raise ReferenceMismatch(f"regions.csv: listed twice: {twice}")
    return frame


def _read(path: Path) -> pd.DataFrame:
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp932")
    frame = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)
    lacking = {CODE, REGION} - set(frame.columns)
    if lacking:
        raise ReferenceMismatch(f"{path.name}: lacks the columns {sorted(lacking)}")
    listed = frame[frame[REGION].str.strip() != ""]
    codes = listed[CODE].str.strip()
    wrong = sorted(codes[~codes.str.fullmatch(r"\d{5,6}")])
    if wrong:
        raise ReferenceMismatch(f"{path.name}: not a code of six digits: {wrong}")
    return pd.DataFrame({"area_code": codes.str.zfill(6), "region": listed[REGION].str.strip()})
