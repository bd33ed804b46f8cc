"""What keeps a draft, a release or a withdrawal from being made, as a sentence that says what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from desk.approvals import ApprovalRefused
from desk.where import DeskUnavailable
from release.draft import NothingToPublish
from release.ledger import LedgerBusy
from release.publication import PublicationError
from release.publish import NotWithdrawable, NotWritten, Refused


@contextmanager
def told() -> Iterator[None]:
    """Errors that a person can do something about become words; every other one is a mistake of ours and passes."""
    try:
        yield
    except ApprovalRefused as refused:
        for problem in refused.problems:
            st.warning(problem)
    except (NothingToPublish, PublicationError, LedgerBusy, NotWithdrawable, NotWritten, DeskUnavailable) as reason:
        st.error(str(reason))
    except Refused as reason:
        st.error(f"公表しませんでした。{reason}")
