"""Asking: the only way to run a question. Find the evidence, run, release, remember what was released."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Lock

from outward.answers import Answer, Sentence, Value
from outward.catalogue import Progress, Question, Silent, find
from outward.disclosure.policies import policy as policy_of
from outward.disclosure.release import release
from outward.disclosure.released import Policy, ReleasedAnswer
from outward.errors import UsageError
from outward.evidence.engines.embedded import told_plainly
from outward.evidence.releases import admit
from outward.evidence.sides import sides_in
from outward.evidence.snapping import days_listed, snapped, snapped_sides, snapped_words
from outward.evidence.store import LaidLog, resolve
from outward.evidence.tables import Settings
from outward.evidence.view import View
from outward.evidence.where import Where
from outward.understand.groups import plain

REMEMBERED = 256
_released: OrderedDict[tuple[object, ...], ReleasedAnswer] = OrderedDict()
_lock = Lock()


def ask(
    question: str,
    source: str | Path | LaidLog,
    *,
    by: str = "",
    where: str | Where = "",
    policy: str = "outward",
    reason: str = "",
    guarded: bool = False,
    settings: Settings | None = None,
    progress: Progress | None = None,
    **parameters: Value,
) -> ReleasedAnswer:
    """Return the released answer to a question about a file or a data set.

    Args:
        question: id in the catalogue, as 'U3.1'.
        source: a file, or the id of a data set on this machine.
        by: attribute, or two sides in the spelling of `Sides`, that make the groups; '' for one group of all.
        where: which cases, in the spelling of `Where`.
        policy: rules for small numbers; 'none' needs a `reason`.
        reason: why unchecked figures are needed.
        guarded: whether to refuse what would, with what was shown before, tell of a few people: periods
            are then whole months and days are from a fixed list. Policy 'none' cannot be guarded.
        settings: what is known about a new file beyond what is guessed.
        progress: told how far the work has come; may stop it.
        parameters: the question's own.

    Raises:
        UsageError: there is no such question, parameter, attribute, step or policy.
        ReleaseRefused: guarded, and the answer would tell of a few people.
        BadInput: the file cannot be used.
        Cancelled: a person stopped the work.
    """
    wanted, rules = find(question), policy_of(policy, reason)
    said = where if isinstance(where, Where) else Where.parse(where)
    chosen = checked_parameters(wanted, parameters)
    guarded = guarded and rules.checked
    log = resolve(source, settings, progress)
    by = str(sides_in(by, log.attributes) or by)
    key = (
        wanted.id,
        wanted.version,
        log.id,
        log.version,
        by,
        str(said),
        guarded,
        rules,
        tuple(sorted(chosen.items())),
    )
    with _lock:
        if key in _released:
            _released.move_to_end(key)
            return _released[key]
    (progress or Silent()).advance(0.0, wanted.title)
    run = _run_guarded if guarded else _run
    answer = release(run(wanted, log, by, said, rules, chosen), rules)
    with _lock:
        _released[key] = answer
        while len(_released) > REMEMBERED:
            _released.popitem(last=False)
    return answer


def forget_answers(log_id: str) -> None:
    """Drop every remembered answer about a data set."""
    with _lock:
        for key in [key for key in _released if key[2] == log_id]:
            del _released[key]


def _run(
    question: Question,
    log: LaidLog,
    by: str,
    where: Where,
    rules: Policy,
    chosen: dict[str, Value],
    admitted: Callable[[View, int], None] | None = None,
) -> Answer:
    with told_plainly(), View.open(log, where, by, rules.threshold) as view:
        if where and view.size["customers"] < rules.threshold:
            few = "No case" if rules.threshold == 1 else f"Fewer than {rules.threshold} customers"
            raise UsageError(f"{few} in '{log.name}' meet: {where}. Check the spelling, or loosen the filter.")
        if view.sides:
            _enough_on_each_side(view, rules.threshold)
        if admitted:
            admitted(view, rules.threshold)
        answer = question.answer(view, **chosen)
    said: dict[str, Value] = {"by": by} if by else {}
    if where:
        said["where"] = str(where)
    return answer.with_parameters(**said, **chosen)


def _run_guarded(
    question: Question, log: LaidLog, by: str, where: Where, rules: Policy, chosen: dict[str, Value]
) -> Answer:
    """Return the answer with coarse edges, once its sets were held against everything shown before."""
    two = sides_in(by, log.attributes)
    coarse = str(snapped_sides(two)) if two else by
    chosen = {name: _listed(question, name, value) for name, value in chosen.items()}
    answer = _run(question, log, coarse, snapped(where), rules, chosen, admit)
    words = snapped_words(where, *(two.both if two else ()))
    return replace(answer, caveats=(*answer.caveats, Sentence(plain(words)))) if words else answer


def _enough_on_each_side(view: View, threshold: int) -> None:
    for name, (_, people) in zip(view.groups, view.group_sizes, strict=True):
        if people < threshold:
            few = "No case stands" if threshold == 1 else f"Fewer than {threshold} customers stand"
            raise UsageError(
                f"{few} on the side '{name}' alone. Check the spelling, or choose sides without cases in common."
            )


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
        except (TypeError, ValueError, KeyError, OverflowError):
            kind = {int: "a whole number from 1", float: "a number", bool: "yes or no"}.get(parameter.type, "a word")
            raise UsageError(f"The parameter '{name}' of question {question.id} must be {kind}.") from None
    return chosen


def _listed(question: Question, name: str, value: Value) -> Value:
    """Return a parameter's value; one in days is the question's own or the nearest in the list."""
    usual = next(one.default for one in question.parameters if one.name == name)
    return days_listed(value) if name.endswith("_days") and isinstance(value, int) and value != usual else value


def _typed(kind: type, value: Value) -> Value:
    """Return a value as this type.

    Raises:
        ValueError: it is not one; whole numbers count something, so they begin at 1.

    >>> _typed(int, "14"), _typed(bool, "no")
    (14, False)
    """
    if kind is bool:
        return {"yes": True, "true": True, "no": False, "false": False}[str(value).lower()]
    typed: Value = kind(value)
    if kind is int and (typed != float(value or 0) or int(typed or 0) < 1):
        raise ValueError(value)
    return typed
