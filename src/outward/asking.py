"""Asking: the only way to run a question. Find the evidence, run, release, remember what was released."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from threading import Lock
from typing import TypeVar

from outward import dates
from outward.answers import Answer, Sentence, Value
from outward.catalogue import Progress, Question, Silent, checked_parameters, find
from outward.disclosure.policies import policy as policy_of
from outward.disclosure.release import release
from outward.disclosure.released import Policy, ReleasedAnswer
from outward.errors import UsageError
from outward.evidence.engines.embedded import told_plainly
from outward.evidence.releases import admit
from outward.evidence.sides import sides_in
from outward.evidence.snapping import days_listed, snapped, snapped_sides, snapped_words
from outward.evidence.stopping import stoppable
from outward.evidence.store import Given, LaidLog, resolve
from outward.evidence.tables import Settings
from outward.evidence.view import View
from outward.evidence.where import Where
from outward.sources import Source, workspace_of, workspace_refused
from outward.understand.groups import plain
from outward.workspace.contents import Workspace
from outward.workspace.meaning.narrowing import narrowing

REMEMBERED = 256
Key = tuple[object, ...]
Kept = TypeVar("Kept")
_released: OrderedDict[Key, ReleasedAnswer] = OrderedDict()
_values: OrderedDict[Key, tuple[str, ...]] = OrderedDict()
"""Data set, its version and an attribute to the attribute's values that enough customers share."""
_lock = Lock()
_of_records_once = Lock()


def ask(
    question: str,
    source: Source,
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
    """Return the released answer to a question about a data set or a workspace.

    Args:
        question: id in the catalogue, as 'U3.1'.
        source: a file, a list of files that make one log, or the id of a data set on this machine; or, for a
            question that is asked of a workspace, its folder, its database, its id or its value.
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
        UsageError: there is no such question, parameter, attribute, step or policy; or it is asked of the other sort.
        ReleaseRefused: guarded, and the answer would tell of a few people.
        BadInput: the file or the records cannot be used.
        Cancelled: a person stopped the work.
    """
    wanted = find(question)
    chosen = checked_parameters(wanted, parameters)
    if wanted.about == "workspace":
        _cases_refused(wanted, by=by, where=str(where), settings=settings)
        return _of_records(wanted, chosen, workspace_of(source, wanted), policy_of(policy, reason))
    meant = _meant(source, by, where, policy_of(policy, reason), guarded, settings, progress)
    (answer,) = _answers([(wanted, chosen)], meant, progress or Silent())
    return answer


def ask_each(
    questions: Iterable[str],
    source: Given,
    *,
    by: str = "",
    where: str | Where = "",
    policy: str = "outward",
    reason: str = "",
    guarded: bool = False,
    progress: Progress | None = None,
) -> dict[str, ReleasedAnswer]:
    """Return the released answers to several questions about the same cases, by the questions' ids.

    It comes to the same as asking them one by one, but what two of them need is worked out once. The
    arguments are those of `ask`, as is what is raised; every parameter of a question keeps its default.
    """
    ids = tuple(questions)
    wanted = [(find(id), checked_parameters(find(id), {})) for id in ids]
    meant = _meant(source, by, where, policy_of(policy, reason), guarded, None, progress)
    return dict(zip(ids, _answers(wanted, meant, progress or Silent()), strict=True))


@dataclass(frozen=True)
class _Meant:
    """The cases that a question is about, and the rules under which they may be told of."""

    log: LaidLog
    by: str
    where: Where
    rules: Policy
    guarded: bool


def _meant(
    source: Source,
    by: str,
    where: str | Where,
    rules: Policy,
    guarded: bool,
    settings: Settings | None,
    progress: Progress | None,
) -> _Meant:
    workspace_refused(source)
    assert not isinstance(source, Workspace)
    parsed = where if isinstance(where, Where) else Where.parse(where)
    log = resolve(source, settings, progress)
    return _Meant(log, str(sides_in(by, log.attributes) or by), parsed, rules, guarded and rules.checked)


def _answers(
    wanted: Sequence[tuple[Question, dict[str, Value]]], meant: _Meant, progress: Progress
) -> list[ReleasedAnswer]:
    """Return the released answers, from memory or from one view of the cases."""
    keys = [_key(question, chosen, meant) for question, chosen in wanted]
    answers = {key: known for key in keys if (known := _remembered(_released, key))}
    missing = [(key, *asked) for key, asked in zip(keys, wanted, strict=True) if key not in answers]
    if missing:
        progress.advance(0.0, missing[0][1].title)
        with told_plainly(), stoppable(progress) as watched, _view(meant) as view:
            for number, (key, question, chosen) in enumerate(missing):
                watched.advance(number / len(missing), question.title)
                answers[key] = release(_answer(view, question, chosen, meant), meant.rules)
                _remember(_released, key, answers[key])
    return [answers[key] for key in keys]


def _answer(view: View, question: Question, chosen: dict[str, Value], meant: _Meant) -> Answer:
    if meant.guarded:
        chosen = {name: _listed(question, name, value) for name, value in chosen.items()}
    said = {name: text for name, text in (("by", view.by), ("where", str(view.where))) if text}
    answer = replace(question.answer(view, **chosen), narrowed=view.where.narrowing).with_parameters(**said, **chosen)
    words = snapped_words(meant.where, *_both(meant.by, meant.log)) if meant.guarded else ""
    return replace(answer, caveats=(*answer.caveats, Sentence(plain(words)))) if words else answer


def _both(by: str, log: LaidLog) -> tuple[Where, ...]:
    two = sides_in(by, log.attributes)
    return two.both if two else ()


def _key(question: Question, chosen: dict[str, Value], meant: _Meant) -> tuple[object, ...]:
    log, given = meant.log, tuple(sorted(chosen.items()))
    asked = meant.by, str(meant.where), meant.rules, meant.guarded
    return question.id, question.version, log.id, log.version, *asked, given


def values(log: LaidLog, attribute: str) -> tuple[str, ...]:
    """Return the values of an attribute that enough customers share, most common first.

    Args:
        log: the data set.
        attribute: what its cases can be grouped by.

    Raises:
        UsageError: the data set has no such attribute.
    """
    key = (log.id, log.version, attribute)
    found = _remembered(_values, key)
    if found is None:
        found = log.values(attribute)
        _remember(_values, key, found)
    return found


def _remembered(kept: OrderedDict[Key, Kept], key: Key) -> Kept | None:
    with _lock:
        if key in kept:
            kept.move_to_end(key)
        return kept.get(key)


def _remember(kept: OrderedDict[Key, Kept], key: Key, what: Kept) -> None:
    with _lock:
        kept[key] = what
        while len(kept) > REMEMBERED:
            kept.popitem(last=False)


def _of_records(question: Question, chosen: dict[str, Value], workspace: Workspace, rules: Policy) -> ReleasedAnswer:
    """Return the released answer to a question about a workspace, from memory where it was asked today."""
    if "on" in chosen:
        chosen = chosen | {"on": _day(str(chosen["on"]))}
    asked = tuple(sorted(chosen.items())), dates.today()
    key = question.id, question.version, workspace.id, workspace.revision, rules, asked
    with _of_records_once:  # who asks while another's is worked out waits for that one
        known = _remembered(_released, key)
        if not known:
            answer = replace(question.answer(workspace, **chosen), narrowed=narrowing(workspace, chosen))
            known = release(answer.with_parameters(**chosen), rules)
            _remember(_released, key, known)
    return known


def _day(text: str) -> str:
    """Return an ISO day; today's where none is given.

    Raises:
        UsageError: it is no day, or still to come.
    """
    today = dates.today()
    try:
        day = dates.day_of(text) if text else today
    except ValueError as error:
        raise UsageError(f"{error}, or leave it empty for today.") from None
    if day > today:
        raise UsageError(
            f"{day} is still to come: what will be known, decided and done by then is not written down. Give a day "
            f"up to {today}, or leave it empty for today."
        )
    return day.isoformat()


def _cases_refused(question: Question, by: str, where: str, settings: Settings | None) -> None:
    """Refuse what chooses or describes cases, of which a workspace has none.

    Raises:
        UsageError: some of it was given.
    """
    given = {"groups (--by)": by, "filter (--where)": where, "settings of a file": settings not in (None, Settings())}
    own = f" It takes: {', '.join(one.name for one in question.parameters)}." if question.parameters else ""
    for what, said in given.items():
        if said:
            raise UsageError(
                f"{question.id} is asked of a workspace, which holds records and no cases, so it takes no {what}.{own}"
            )


def forget_answers(log_id: str) -> None:
    """Drop every remembered answer about a data set, and what is remembered of its attributes."""
    with _lock:
        for key in [key for key in _released if key[2] == log_id]:
            del _released[key]
        for key in [key for key in _values if key[0] == log_id]:
            del _values[key]


@contextmanager
def _view(meant: _Meant) -> Iterator[View]:
    """Open the view of the cases meant; guarded, with coarse edges and held against everything shown before.

    Raises:
        UsageError: too few people are meant, or stand on one side.
        ReleaseRefused: with what was shown before it would tell of a few people.
    """
    log, by, where, threshold = meant.log, meant.by, meant.where, meant.rules.threshold
    if meant.guarded:
        two = sides_in(by, log.attributes)
        by, where = str(snapped_sides(two)) if two else by, snapped(where)
    guard = partial(admit, policy=meant.rules) if meant.guarded else None
    with View.open(log, where, by, threshold, admit=guard) as view:
        if where and view.size["customers"] < threshold:
            few = "No case" if threshold == 1 else f"Fewer than {threshold} customers"
            raise UsageError(f"{few} in '{log.name}' meet: {where}. Check the spelling, or loosen the filter.")
        if view.sides:
            _enough_on_each_side(view, threshold)
        if guard:
            guard(view)
        yield view


def _enough_on_each_side(view: View, threshold: int) -> None:
    for name, (_, people) in zip(view.groups, view.group_sizes, strict=True):
        if people < threshold:
            few = "No case stands" if threshold == 1 else f"Fewer than {threshold} customers stand"
            raise UsageError(
                f"{few} on the side '{name}' alone. Check the spelling, or choose sides without cases in common."
            )


def _listed(question: Question, name: str, value: Value) -> Value:
    """Return a parameter's value; one in days is the question's own or the nearest in the list."""
    usual = next(one.default for one in question.parameters if one.name == name)
    return days_listed(value) if name.endswith("_days") and isinstance(value, int) and value != usual else value
