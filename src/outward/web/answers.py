"""Where the pages meet the rest of Outward: one plain function for each thing that a page needs."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from outward import catalogue
from outward.errors import OutwardError

if TYPE_CHECKING:
    from outward.comparing import Comparison
    from outward.disclosure.released import ReleasedAnswer
    from outward.evidence.store import LaidLog
    from outward.looking import Finding, Look
    from outward.web.address import Asked
    from outward.web.beside import Beside
    from outward.workspace.contents import Workspace
    from outward.workspace.homes.home import Home


def data_sets() -> list[LaidLog]:
    """Return the data sets on this computer."""
    from outward.evidence import store

    return store.data_sets()


def data_set(id: str) -> LaidLog:
    """Return the data set of that id.

    Raises:
        NotFound: there is none (any more).
    """
    from outward.evidence import store

    return store.find(id)


def forget(id: str) -> None:
    """Erase a data set and every answer about it from this computer.

    Raises:
        NotFound: there is none (any more).
    """
    from outward import asking
    from outward.evidence import store

    store.forget(id)
    asking.forget_answers(id)


def workspaces() -> list[Workspace]:
    """Return the workspaces on this computer that can be read."""
    from outward.workspace.homes.home import homes

    found = []
    for home in homes():
        with suppress(OutwardError):
            found.append(home.load())
    return found


def broken_workspaces() -> list[str]:
    """Return the ids of the workspaces on this computer that cannot be read as they stand."""
    from outward.workspace.homes.home import homes

    return [home.id for home in homes() if not _reads(home)]


def _reads(home: Home) -> bool:
    try:
        home.load()
    except OutwardError:
        return False
    return True


def data_sets_of(workspace: Workspace) -> list[LaidLog]:
    """Return the data sets of a workspace that are on this computer."""
    from outward import sources

    return sources.data_sets_of(workspace)


def questions() -> list[catalogue.Question]:
    """Return the questions that can be asked of a data set."""
    return [catalogue.find(id) for id in catalogue.asked_of("data set")]


def answer(asked: Asked) -> ReleasedAnswer:
    """Return the answer to a question as an address holds it, checked for small numbers and against what was shown.

    Raises:
        ReleaseRefused: with what was shown before, it would tell of a few people.
        OutwardError: it cannot be answered as it stands.
    """
    from outward import asking

    parameters: dict[str, Any] = dict(asked.parameters)
    log = data_set(asked.data_set)
    return asking.ask(asked.question, log, by=asked.by, where=asked.where, guarded=True, **parameters)


def comparison(beside: Beside) -> Comparison:
    """Return the two sides of an address beside each other, checked for small numbers and against what was shown.

    Raises:
        ReleaseRefused: with what was shown before, they would tell of a few people.
        OutwardError: they cannot be compared as they stand.
    """
    from outward import comparing

    other = data_set(beside.other) if beside.other else None
    log = data_set(beside.data_set)
    return comparing.compare(log, beside.a, beside.b, other=other, where=beside.where, guarded=True)


def look(log: LaidLog) -> Look:
    """Return the first look at a data set: what it is, what to look at first, what cannot be told yet."""
    from outward import looking

    return looking.look(log, guarded=True)


def firsts(log: LaidLog) -> tuple[Finding, ...]:
    """Return the things to look at first in a data set, without the rest of a look."""
    from outward import looking

    return looking.firsts(log, guarded=True)


def values(log: LaidLog, attribute: str) -> tuple[str, ...]:
    """Return the values of an attribute that enough customers share, most common first."""
    from outward import asking

    return asking.values(log, attribute)


def steps(log: LaidLog) -> tuple[str, ...]:
    """Return the steps that enough customers go through, as the map of everyone's journeys shows them."""
    from outward import asking

    everyone = asking.ask("U3.1", log, guarded=True)
    return tuple(str(row["step"]) for row in everyone.tables["steps"].rows() if row["step"] is not None)


def narrowed(where: str, also: list[str], first: str, last: str) -> str:
    """Return a filter with conditions added, in its one spelling.

    Args:
        where: the filter so far, or ''.
        also: conditions to add, each as it is spelled in a filter.
        first: ISO date from which cases begin, or ''.
        last: ISO date until which cases begin, or ''.
    """
    from outward.evidence.where import Where

    period = [f"from={first}" if first else "", f"to={last}" if last else ""]
    return str(Where.parse(" & ".join(part for part in [where, *also, *period] if part)))
