"""Invented returns as municipalities send them: `write_sample` is the whole interface."""

from pathlib import Path

from etl.sample.cases import write_cases
from etl.sample.consultations import consultations_of
from etl.sample.files import write_returns
from etl.sample.meetings import meetings_of
from etl.sample.plan import load_plan
from etl.sample.practices import practices_of
from etl.sample.referrals import referrals_of
from etl.sample.scale import write_scale
from etl.sample.slips import WRONG, write_refused
from etl.sample.town import FICTIONAL, load_towns

__all__ = ["write_sample"]

RETURNS = "returns"
SEED = 20240624


def write_sample(out: Path, *, prefecture: str = FICTIONAL, rows: int | None = None, seed: int = SEED) -> list[Path]:
    """Write invented returns below `out` and say which files; the same seed gives the same bytes.

    Without `rows`: out/returns/ holds what the municipalities sent over three fiscal years (a few rows
    of five files are wrong) and, for 見本県, out/wrong/ holds files to be refused whole.
    With `rows`: one valid UTF-8 CSV of that many referrals and one of a twentieth as many attendances.
    Raises ValueError for an unknown prefecture or rows < 1.
    """
    if rows is not None:
        return write_scale(out, prefecture=prefecture, rows=rows, seed=seed)
    plan = load_plan()
    folder = out / RETURNS
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for town in load_towns(prefecture, plan, seed):
        written += write_returns(folder, town, plan, "referral", referrals_of(town, plan, seed))
        meetings = meetings_of(town, plan, seed)
        written += write_returns(folder, town, plan, "meeting", meetings)
        written += write_returns(folder, town, plan, "consultation", consultations_of(town, plan, seed))
        written += write_returns(folder, town, plan, "practice", practices_of(town, plan, meetings, seed))
    if prefecture != FICTIONAL:
        return written
    return written + write_cases(folder, load_towns(prefecture, plan, seed)) + write_refused(out / WRONG)
