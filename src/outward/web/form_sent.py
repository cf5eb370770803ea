"""Where the form of a record stands, and what was sent with it."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from django.http import HttpRequest

from outward.web import drafts, record_values, workspaces
from outward.web.record_values import Raw
from outward.web.workspaces import address
from outward.workspace import ids
from outward.workspace.records import Record, kinds

if TYPE_CHECKING:
    from outward.workspace.homes.home import Home

Kept = Literal["kept", "nothing to keep", "no room"]
"""What became of a draft: 'no room' where the disk is full or may not be written."""
CHECKS = "checks"
"""What a form is opened from where a finding of the checks led to it."""
OF_RECORD = "yes"
"""What the draft of a record that is there is called, as it has only one."""
LONGEST_TITLE = 100
"""Letters of a draft's title that a page shows."""


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
    """Where a form stands.

    Attributes:
        request: what was asked.
        home: where the workspace is kept.
        kind: of the record.
        record: its id; '' for a new one.
        draft: what the draft of a new record is called, so that each form has its own; 'yes' for a record's.
    """

    request: HttpRequest
    home: Home
    kind: type[Record]
    record: str
    draft: str

    @property
    def key(self) -> str:
        """What a draft is called."""
        return key(self.kind, self.record, self.draft)

    @property
    def action(self) -> str:
        """The address of the form."""
        return f"{self.page(self.record)}/{'edit' if self.record else 'new'}"

    def page(self, record: str) -> str:
        """Return the address of a record of this kind; of their list for ''."""
        return address(self.home.id, "records", self.kind.KIND, *([record] if record else []))

    def keep(self, sent: Sent) -> Kept:
        """Keep what was typed as a draft, where a record does not hold all of it already."""
        origin = sent.was if sent.was is not None else sent.based
        before = record_values.usual(self.kind) if origin is None else origin
        if record_values.same(sent.raw, record_values.raw_of(self.kind, before)):
            return "nothing to keep"
        raw = {**sent.raw, "based": [workspaces.as_text(origin)], "by": [sent.by], "opened": [sent.opened]}
        try:
            drafts.keep(self.home.own_name, self.key, raw)
        except OSError:
            return "no room"
        return "kept"


def key(kind: type[Record], record: str, draft: str = OF_RECORD) -> str:
    """Return what a draft is kept under: one for each record, and one for each form of a new record.

    >>> from outward.workspace.kinds.customers import Need
    >>> key(Need, "clear-letters"), key(Need, "", "0f3a")
    ('need/clear-letters', 'need/new/0f3a')
    """
    return f"{kind.KIND}/{record}" if record else f"{kind.KIND}/{ids.RESERVED}/{draft}"


def way_to(workspace: str, draft: drafts.Draft) -> str:
    """Return the address of the form that goes on with a draft."""
    kind, record, *called = draft.key.split("/")
    end = [record] if called else [record, "edit"]
    return f"{address(workspace, 'records', kind, *end)}?draft={called[0] if called else OF_RECORD}"


def draft_called(record: str, asked: str) -> str:
    """Return what the draft of a form is called: as the form says, or by a name that no other form has.

    Args:
        record: the id that the form is about; '' for a new record.
        asked: what came with the address or the form.
    """
    if record:
        return OF_RECORD
    return asked if re.fullmatch("[0-9a-f]{16}", asked) else secrets.token_hex(8)


def waiting(home: Home, kind: type[Record] | None = None) -> list[drafts.Draft]:
    """Return the drafts that wait in a workspace, the latest first; for a kind, those of new records of it."""
    begin = key(kind, "", "") if kind else ""
    return [
        one
        for one in drafts.waiting(home.own_name)
        if one.key.startswith(begin) and one.key.partition("/")[0] in kinds()
    ]


def title_of(draft: drafts.Draft) -> str:
    """Return what a draft calls its record; '' where that is not typed yet."""
    return " ".join((draft.raw.get("title") or [""])[0].split())[:LONGEST_TITLE]


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
