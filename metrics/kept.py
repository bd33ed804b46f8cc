"""Answers that are made once: a method's results are kept in its object, the oldest given up first."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

Own = TypeVar("Own")
Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")

# An answer takes some 10 KB; 39 indicators × 36 months × 41 municipalities are never all asked for at once.
MOST = 4096
_MISSING = object()
_changing = Lock()


def kept(method: Callable[Concatenate[Own, Asked], Answer]) -> Callable[Concatenate[Own, Asked], Answer]:
    """Keeps up to MOST answers of a method by its arguments, which must be hashable (lists count as tuples).

    Two threads that ask at the same moment may both compute; they get equal answers. Nothing is copied.
    """
    shelf_name = f"_kept_{method.__name__}"

    @wraps(method)
    def ask(self: Own, *args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        shelf: dict[Any, Any] = self.__dict__.setdefault(shelf_name, {})
        key = (*map(_hashable, args), *((name, _hashable(kwargs[name])) for name in sorted(kwargs)))
        found = shelf.get(key, _MISSING)
        if found is _MISSING:
            found = method(self, *args, **kwargs)
            with _changing:
                while len(shelf) >= MOST:
                    del shelf[next(iter(shelf))]
                shelf[key] = found
        answer: Answer = found
        return answer

    return cast(Callable[Concatenate[Own, Asked], Answer], ask)


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
