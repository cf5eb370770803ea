"""The catalogue of questions: what can be asked, registered by the functions that answer."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from importlib import import_module
from typing import Any, Literal, Protocol, get_args, get_origin, get_type_hints

from outward.answers import Answer, Value
from outward.errors import UsageError

ROOMS = {
    "E1.1": "outward.understand.fitness",
    "U3.1": "outward.understand.paths",
    "U3.2": "outward.understand.routes",
    "U3.3": "outward.understand.times",
    "U3.4": "outward.understand.waits",
    "U3.5": "outward.understand.repeats",
    "U3.6": "outward.understand.endings",
    "U3.7": "outward.understand.channels",
    "U3.8": "outward.understand.differences",
    "U3.9": "outward.understand.changes",
    "O2.1": "outward.operate.line_of_sight",
    "O2.2": "outward.operate.rewards",
    "D1.1": "outward.deliver.matrix",
    "D1.2": "outward.deliver.outset",
    "D1.4": "outward.deliver.ownership",
    "D5.1": "outward.deliver.ledger",
}
"""Where each question lives, so that asking one imports that one alone."""

About = Literal["data set", "workspace"]
ABOUT: dict[str, About] = {"View": "data set", "Workspace": "workspace"}
"""What a question is asked of, by the type of its function's first parameter."""


PRINCIPLES = {
    "U": "Understanding the customer",
    "O": "Building operations around the customer",
    "R": "Managing stakeholder relationships",
    "D": "Using customer understanding to deliver target outcomes",
}
"""The four principles of the report by their letters, with which ids of questions and codes of checks begin."""


class Progress(Protocol):
    """How far long work has come, and whether a person has asked to stop it."""

    def advance(self, share: float, doing: str) -> None:
        """Say that this share (0 to 1) of the work is done, and what is being done now.

        Raises:
            Cancelled: a person has asked to stop.
        """


class Silent:
    """Progress that nobody watches."""

    def advance(self, share: float, doing: str) -> None:
        """Ignore it."""


@dataclass(frozen=True)
class Half:
    """Progress of one of two pieces of work: the first where `before` is 0, the second where it is 1."""

    whole: Progress
    before: int

    def advance(self, share: float, doing: str) -> None:
        """Pass on the share of the whole."""
        self.whole.advance((self.before + share) / 2, doing)


@dataclass(frozen=True)
class Parameter:
    """One typed parameter of a question, beyond `by` and `where` of those asked of data; words may have options."""

    name: str
    type: type
    default: Any
    help: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """One entry of the catalogue: `summary` tells people what comes back, `about` what it is asked of."""

    id: str
    title: str
    version: int
    answer: Callable[..., Answer]
    parameters: tuple[Parameter, ...]
    summary: str
    about: About = "data set"


_registered: dict[str, Question] = {}


def question(id: str, title: str, *, version: int = 1) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
    """Register the decorated function as the answer to a question, which it puts on what comes back.

    Its first parameter is what it is asked of: a `View` of a data set, or a `Workspace`. Keyword parameters
    with a default are the question's own, typed int, str or a Literal of words; their help is the
    line `name: ...` of its docstring.
    """

    def register(function: Callable[..., Answer]) -> Callable[..., Answer]:
        said = (inspect.getdoc(function) or "").split("\n")[0].removeprefix("Return ")
        summary = said[:1].upper() + said[1:]

        @wraps(function)
        def answer(*asked: Any, **given: Any) -> Answer:
            return replace(function(*asked, **given), question=id, version=version, title=title)

        _registered[id] = Question(id, title, version, answer, _parameters(function), summary, _about(function))
        return answer

    return register


def _about(function: Callable[..., Answer]) -> About:
    hints = get_type_hints(function)
    return ABOUT[hints[next(iter(hints))].__name__]


def _parameters(function: Callable[..., Answer]) -> tuple[Parameter, ...]:
    hints = get_type_hints(function)
    documented = dict(
        line.strip().split(": ", 1) for line in (inspect.getdoc(function) or "").splitlines() if ": " in line
    )
    return tuple(
        Parameter(
            name,
            str if get_origin(hints[name]) is Literal else hints[name],
            given.default,
            documented.get(name, ""),
            get_args(hints[name]) if get_origin(hints[name]) is Literal else (),
        )
        for name, given in inspect.signature(function).parameters.items()
        if given.kind is given.KEYWORD_ONLY
    )


def find(id: str) -> Question:
    """Return the question of that id, importing its function on first use.

    Raises:
        UsageError: there is no such question.

    >>> find("U3.1").title
    'What paths do customers take?'
    """
    wanted = id.upper()
    if wanted not in ROOMS:
        raise UsageError.unknown("question", id, ROOMS)
    import_module(ROOMS[wanted])
    return _registered[wanted]


def every() -> list[Question]:
    """Return all questions in the catalogue's order."""
    return [find(id) for id in ROOMS]


def asked_of(about: About) -> tuple[str, ...]:
    """Return the ids of the questions that can be asked of a data set, or of a workspace.

    >>> "U3.1" in asked_of("data set"), "U3.1" in asked_of("workspace")
    (True, False)
    """
    return tuple(question.id for question in every() if question.about == about)


def checked_parameters(question: Question, given: dict[str, Value]) -> dict[str, Value]:
    """Return the question's parameters with what was given, each turned into its type.

    Raises:
        UsageError: there is no such parameter, or the value is not of its type.
    """
    known = {parameter.name: parameter for parameter in question.parameters}
    for name in given:
        if name not in known:
            raise UsageError.unknown("parameter", name, known, f" of question {question.id}")
    chosen: dict[str, Value] = {}
    for name, parameter in known.items():
        value = given.get(name, parameter.default)
        try:
            chosen[name] = _typed(parameter.type, value)
        except (TypeError, ValueError, OverflowError):
            kind = "a whole number from 1" if parameter.type is int else "a word"
            raise UsageError(f"The parameter '{name}' of question {question.id} must be {kind}.") from None
        if parameter.options and chosen[name] not in parameter.options:
            raise UsageError.unknown(
                f"choice of '{name}'", str(value), parameter.options, f" in question {question.id}"
            )
    return chosen


def _typed(kind: type, value: Value) -> Value:
    """Return a value as this type.

    Raises:
        ValueError: it is not one; whole numbers count something, so they begin at 1.

    >>> _typed(int, "14")
    14
    """
    typed: Value = kind(value)
    if kind is int and (typed != float(value or 0) or int(typed or 0) < 1):
        raise ValueError(value)
    return typed
