"""Where the form of a record stands, and what was sent with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from outward.web import drafts, record_values, workspaces
from outward.web.record_values import Raw
from outward.web.workspaces import address
from outward.workspace.records import Record

if TYPE_CHECKING:
    from outward.workspace.homes.home import Home

CHECKS = "checks"
"""What a form is opened from where a finding of the checks led to it."""


@dataclass(frozen=True)
class Sent:
    """What was sent with the form.

    Attributes:
        raw: what was typed into its fields.
        based: the plain values that the record had when the form was opened; None where it was not there.
        by: the name that was typed.
        then: what the button asked for; '' to save.
        clashes: fields on which somebody had to decide, and what was decided.
        was: the plain values before either had changed anything, where somebody had to decide.
        opened: where the form was opened from, as 'checks'; '' for the record or its list.
    """

    raw: Raw
    based: dict[str, Any] | None
    by: str
    then: str = ""
    clashes: Mapping[str, str] | None = None
    was: dict[str, Any] | None = None
    opened: str = ""


@dataclass(frozen=True)
class At:
    """Where a form stands: the request, the workspace's home, the kind of record and its id, '' for a new one."""

    request: HttpRequest
    home: Home
    kind: type[Record]
    record: str

    @property
    def key(self) -> str:
        """What a draft is called."""
        return key(self.kind, self.record)

    @property
    def action(self) -> str:
        """The address of the form."""
        return f"{self.page(self.record)}/{'edit' if self.record else 'new'}"

    def page(self, record: str) -> str:
        """Return the address of a record of this kind; of their list for ''."""
        return address(self.home.id, "records", self.kind.KIND, *([record] if record else []))

    def keep(self, sent: Sent) -> bool:
        """Keep what was typed as a draft; return False where there is nothing that a record does not hold already."""
        origin = sent.was if sent.was is not None else sent.based
        before = record_values.usual(self.kind) if origin is None else origin
        if record_values.same(sent.raw, record_values.raw_of(self.kind, before)):
            return False
        drafts.keep(
            self.home.id,
            self.key,
            {**sent.raw, "based": [workspaces.as_text(origin)], "by": [sent.by], "opened": [sent.opened]},
        )
        return True


def key(kind: type[Record], record: str = "") -> str:
    """Return what the draft of a record is called; of a new one for ''.

    >>> from outward.workspace.kinds.customers import Need
    >>> key(Need, "clear-letters"), key(Need)
    ('need/clear-letters', 'need/new')
    """
    return f"{kind.KIND}/{record or record_values.RESERVED}"


def received(request: HttpRequest, kind: type[Record]) -> Sent:
    """Return what was sent with the form of a kind.

    Raises:
        UsageError: it holds what no form of these pages holds.
    """
    post = request.POST
    return Sent(
        record_values.typed(kind, {name: post.getlist(name) for name in post}),
        workspaces.from_text(kind, str(post.get("based", ""))),
        workspaces.name_of(str(post.get("by", ""))),
        str(post.get("then", "")),
        {name: str(post.get(f"choose-{name}", "")) for name in post.getlist("clash")},
        workspaces.from_text(kind, str(post.get("was", ""))),
        CHECKS if post.get("opened") == CHECKS else "",
    )


def drafted(kind: type[Record], draft: drafts.Draft) -> Sent:
    """Return what a draft holds, as if it were sent now."""
    return Sent(
        record_values.typed(kind, draft.raw),
        workspaces.from_text(kind, (draft.raw.get("based") or [""])[0]),
        workspaces.name_of((draft.raw.get("by") or [""])[0]),
        opened=CHECKS if draft.raw.get("opened") == [CHECKS] else "",
    )
