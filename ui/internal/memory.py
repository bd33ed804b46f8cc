"""Views that are made once and shown to all who ask for the same, as they are.

st.cache_data hands out a copy by pickle and hashes what it is asked by: for some twenty parts a page, that is as much
work as the rest of the page. What is kept here is shared: nobody may change it in place. Arguments are hashable, the
database version among them: a new version asks anew, and what was kept of the old one is given up as others come.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar, cast

Asked = ParamSpec("Asked")
Made = TypeVar("Made")


def kept(most: int) -> Callable[[Callable[Asked, Made]], Callable[Asked, Made]]:
    """Keeps up to `most` results of a function by its arguments, the longest unused given up first."""

    def keep(make: Callable[Asked, Made]) -> Callable[Asked, Made]:
        return cast(Callable[Asked, Made], lru_cache(maxsize=most)(make))

    return keep
