"""The form of a silence: the rules to choose from, and what would silence nothing or for too long."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from outward.checks.checking import Found
from outward.checks.rules import rules
from outward.checks.silences import LONGEST_DAYS, NEVER_SILENT
from outward.web.facts import day
from outward.web.fields import Option
from outward.web.workspaces import address
from outward.workspace.contents import Workspace
from outward.workspace.kinds.knowledge import Silence


def way_to(workspace: Workspace, found: Found) -> str:
    """Return the address of the form that silences a rule for the record in which it found something.

    It is '' for rules about silences, which always speak.
    """
    if found.rule.code.startswith(NEVER_SILENT):
        return ""
    query = {"rule": found.rule.code, "record": f"{found.kind}/{found.id}", "from": "checks"}
    return f"{address(workspace.id, 'records', Silence.KIND, 'new')}?{urlencode(query)}"


def named_in(workspace: Workspace, query: Mapping[str, str]) -> dict[str, list[str]]:
    """Return what the form of a new silence begins with, as an address names it; what is not there is passed over.

    Args:
        workspace: whose records it may name.
        query: 'rule' and 'record', as `way_to` writes them.
    """
    code = query.get("rule", "").upper()
    kind, _, id = query.get("record", "").partition("/")
    record = workspace.records.get(kind, {}).get(id)
    if code not in rules() or code.startswith(NEVER_SILENT) or not record:
        return {}
    return {"rule": [code], "record": [f"{kind}/{id}"], "title": [f"{code} for '{record.title}'"]}


def rule_options(now: str) -> tuple[Option, ...]:
    """Return the rules that can be silenced, to choose one; `now` is the code that is chosen, or ''."""
    can = [one for code, one in rules().items() if not code.startswith(NEVER_SILENT)]
    known = any(one.code == now.upper() for one in can)
    first = [Option("", "Choose one", not now)] + (
        [Option(now, f"{now}: no such rule", True)] if now and not known else []
    )
    return (*first, *(Option(one.code, f"{one.code}: {one.says}", one.code == now.upper()) for one in can))


def wrong_with(workspace: Workspace, values: Mapping[str, Any], today: date) -> dict[str, str]:
    """Return what is wrong with a silence, by field: a rule or a record that is not there, a day too far ahead.

    Args:
        workspace: whose records it may name.
        values: its plain values, as far as they were typed.
        today: the day.
    """
    found = {}
    code, record, until = (str(values.get(name, "")) for name in ("rule", "record", "until"))
    kind, _, id = record.partition("/")
    if code and code.upper() not in rules():
        found["rule"] = f"There is no rule ‘{code[:20]}’. Choose one from the list."
    elif code.upper().startswith(NEVER_SILENT):
        found["rule"] = "Rules about silences always speak. Choose another."
    if record and id not in workspace.records.get(kind, {}):
        found["record"] = (
            f"There is no such record as ‘{record[:60]}’. Write its kind and id, or leave it empty for all."
        )
    last = today + timedelta(days=LONGEST_DAYS)
    if until and date.fromisoformat(until) > last:
        found["until"] = f"It is at most a year ahead, {day(last)}, so that somebody looks again."
    return found
