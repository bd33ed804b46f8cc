"""Killed at any moment: all or nothing. tests/bench/bench_kill.py asks the same at many more moments."""

import pytest

from tests.killing import trials


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "moments"), [("load", 3), ("undo", 2), ("rebuild", 1), ("replay", 1)])
def test_a_run_killed_at_any_moment_leaves_the_old_or_the_new(kind, moments, tmp_path):
    assert len(list(trials(kind, tmp_path, moments, rows=500))) == moments
