"""Statements that several questions need, run once a view."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar, cast

if TYPE_CHECKING:
    from outward.evidence.view import View

P = ParamSpec("P")
R = TypeVar("R")


def once(statement: Callable[Concatenate[View, P], R]) -> Callable[Concatenate[View, P], R]:
    """Return a statement that is run once a view: asked again with the same arguments, it gives what it found.

    >>> from outward.evidence.view import View
    >>> view = View(None, None, "", (), None)
    >>> asked = []
    >>> ask = once(lambda view, number: asked.append(number))
    >>> ask(view, 1), ask(view, 1), ask(view, 2), asked
    (None, None, None, [1, 2])
    """
    meant = signature(statement)

    @wraps(statement)
    def ask(view: View, *args: P.args, **named: P.kwargs) -> R:
        given = meant.bind(view, *args, **named)
        given.apply_defaults()
        key = (statement, *given.args[1:])
        if key not in view.found:
            view.found[key] = statement(view, *args, **named)
        found: R = view.found[key]
        return found

    return cast("Callable[Concatenate[View, P], R]", ask)
