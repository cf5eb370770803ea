"""A whole question as it stands in an address, read and written in one spelling."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import quote, urlencode

from django.http import QueryDict

from outward.answers import Value
from outward.catalogue import Question, checked_parameters
from outward.errors import ReleaseRefused, UsageError
from outward.evidence.where import Condition, Where
from outward.web import answers

NARROWING = ("also", "from", "to")
"""Fields of the form that add a condition; they end up inside `where`."""


@dataclass(frozen=True)
class Asked:
    """One question as asked: of which data set, by what, of which cases, with which parameters.

    Attributes:
        data_set: its id.
        question: its id.
        by: the attribute by which to split, or ''.
        where: the filter in its one spelling, or ''.
        parameters: only those that differ from their default.
        view: how a page shows it (steps, paths, paint, left, right), only what differs.
    """

    data_set: str
    question: str
    by: str = ""
    where: str = ""
    parameters: Mapping[str, Value] = field(default_factory=dict)
    view: Mapping[str, str] = field(default_factory=dict)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The parts of the address's query, in their order; none where everything is as usual."""
        said = {"by": self.by, "where": self.where}
        said |= {name: str(value) for name, value in self.parameters.items()}
        said |= dict(self.view)
        return [(name, value) for name, value in said.items() if value]

    @property
    def query(self) -> str:
        """The address's query, '' where everything is as usual.

        >>> Asked("claims", "U3.1", by="channel", where="passes(Assessment)").query
        '?by=channel&where=passes%28Assessment%29'
        """
        return f"?{urlencode(self.pairs, quote_via=quote)}" if self.pairs else ""

    @property
    def page(self) -> str:
        """The address of the answer's own page.

        >>> Asked("claims", "U3.4").page
        '/data/claims/ask/U3.4'
        """
        return f"/data/{quote(self.data_set)}/ask/{self.question}{replace(self, view={}).query}"

    @property
    def of_all(self) -> str:
        """The address of the same question, of every case."""
        return replace(self, where="").page

    @property
    def journeys(self) -> str:
        """The address of the journey map with the same filter and groups."""
        return f"/data/{quote(self.data_set)}/journeys{replace(self, question='U3.1').query}"

    def file(self, name: str) -> str:
        """Return the address of one download of this answer."""
        return f"/data/{quote(self.data_set)}/ask/{self.question}/{quote(name)}{replace(self, view={}).query}"

    def of(self, question: str) -> Asked:
        """Return another question of the same cases, split in the same way."""
        return Asked(self.data_set, question, self.by, self.where)

    def also(self, condition: Condition) -> Asked:
        """Return the same question of the cases that meet one condition more."""
        return replace(self, where=str(Where.parse(self.where).also(Where((condition,)))))


@dataclass(frozen=True)
class AskedOfWorkspace:
    """One question as asked of a workspace; `parameters` are only those that differ from their default."""

    workspace: str
    question: str
    parameters: Mapping[str, Value] = field(default_factory=dict)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The parts of the address's query, in their order; none where everything is as usual."""
        return [(name, str(value)) for name, value in self.parameters.items()]

    @property
    def page(self) -> str:
        """The address of the answer's page.

        >>> AskedOfWorkspace("pensions", "D1.4", {"group": "under-16"}).page
        '/workspaces/pensions/ask/D1.4?group=under-16'
        """
        return f"/workspaces/{quote(self.workspace)}/ask/{self.question}{self._query}"

    @property
    def of_all(self) -> str:
        """The address of the same question, of all records as they stand today."""
        return replace(self, parameters={}).page

    def file(self, name: str) -> str:
        """Return the address of one download of this answer."""
        return f"/workspaces/{quote(self.workspace)}/ask/{self.question}/{quote(name)}{self._query}"

    @property
    def _query(self) -> str:
        return f"?{urlencode(self.pairs, quote_via=quote)}" if self.pairs else ""


def read_of_workspace(workspace: str, question: Question, query: QueryDict) -> AskedOfWorkspace:
    """Return the question of a workspace that an address holds.

    Raises:
        UsageError: a part of the address is unknown or cannot be read.
        ReleaseRefused: the address asks for unchecked figures.
    """
    given = _given(question, query, ())
    return AskedOfWorkspace(workspace, question.id, given)


def pairs(query: QueryDict) -> list[tuple[str, str]]:
    """Return the parts of a query as it came."""
    return [(name, value) for name in query for value in query.getlist(name)]


def read(data_set: str, question: Question, query: QueryDict, views: tuple[str, ...] = ()) -> Asked:
    """Return the question that an address holds.

    Args:
        data_set: the data set's id.
        question: the question from the catalogue.
        query: the address's query.
        views: names of the page's own settings, kept as they are.

    Raises:
        UsageError: a part of the address is unknown or cannot be read.
        ReleaseRefused: the address asks for unchecked figures.
    """
    said = {name: str(value) for name, value in query.items()}
    return Asked(
        data_set,
        question.id,
        by=said.get("by", ""),
        where=answers.narrowed(said.get("where", ""), query.getlist("also"), said.get("from", ""), said.get("to", "")),
        parameters=_given(question, query, ("by", "where", *NARROWING, *views)),
        view={name: said[name] for name in views if said.get(name)},
    )


def _given(question: Question, query: QueryDict, more: tuple[str, ...]) -> dict[str, Value]:
    """Return the question's parameters in an address that differ from their default.

    Args:
        question: the question from the catalogue.
        query: the address's query.
        more: what else the address may hold.

    Raises:
        UsageError: a part of the address is unknown or cannot be read.
        ReleaseRefused: the address asks for unchecked figures.
    """
    if query.get("policy", "outward") != "outward":
        raise ReleaseRefused(
            "These pages show figures only after small numbers are dealt with. Remove 'policy' from the address."
        )
    known = {one.name: one for one in question.parameters}
    allowed = {*more, *known}
    for name in query:
        if name not in {"policy", *allowed}:
            raise UsageError.unknown("setting", name, sorted(allowed), f" in {question.id}")
    given: dict[str, Value] = {name: str(query[name]) for name in known if query.get(name)}
    chosen = checked_parameters(question, given)
    return {name: value for name, value in chosen.items() if value != known[name].default}
