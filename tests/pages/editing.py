"""What a test does to change records: a workspace in a folder, the form as a browser sends it, what the files say."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

from django.http import HttpResponseBase
from django.test import Client

from outward.workspace.contents import Workspace
from outward.workspace.homes.home import Change, find_home
from outward.workspace.records import plain

from .conftest import checked_page

ID = "pensions"
RECORDS = f"/workspaces/{ID}/records"
NEED = f"{RECORDS}/need/clear-letters"
FILES = {
    "workspace.yaml": "id: pensions\ntitle: Pensions\nbody: A made-up body\n",
    "records/groups.yaml": "- id: pensioners\n  title: Pensioners\n- id: self-employed\n  title: The self-employed\n",
    "records/needs.yaml": "- id: clear-letters\n  title: Letters that say what happens next\n  groups: [pensioners]\n",
    "records/measures.yaml": "- id: answered\n  title: Letters answered\n  needs: [clear-letters]\n",
}


def make_workspace(home: Path, **more: str) -> Path:
    """Write the workspace among those of this computer and return its folder."""
    folder = home / "workspaces" / ID
    (folder / "records").mkdir(parents=True)
    for name, text in {**FILES, **more}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def now() -> Workspace:
    return find_home(ID).load()


def held(kind: str, id: str) -> dict[str, Any]:
    """Return what a record holds now."""
    return plain(now().find(kind, id))


def changed(kind: str, id: str, by: str = "Somebody else", **values: Any) -> None:
    """Change a record as somebody else would meanwhile."""
    before = held(kind, id)
    after = {name: value for name, value in {**before, **values}.items() if value is not None}
    find_home(ID).change([Change(kind, id, before, after)], by)


def form(text: str) -> dict[str, list[str]]:
    """Return what the last form of a page would send, as a browser reads it."""
    found: dict[str, list[str]] = {}
    body = text[text.rindex("<form") :]

    def add(name: str, value: str) -> None:
        found.setdefault(html.unescape(name), []).append(html.unescape(value))

    for tag in re.findall(r"<input[^>]*>", body):
        said = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if said.get("name") and (said["type"] not in ("checkbox", "radio") or tag.endswith(" checked>")):
            add(said["name"], said.get("value", ""))
    for name, options in re.findall(r'<select[^>]* name="([^"]*)"[^>]*>(.*?)</select>', body, re.DOTALL):
        add(name, (re.findall(r'<option value="([^"]*)" selected', options) or [""])[0])
    for name, words in re.findall(r'<textarea[^>]* name="([^"]*)"[^>]*>\n?(.*?)</textarea>', body, re.DOTALL):
        add(name, words)
    return {name: values for name, values in found.items() if name != "csrfmiddlewaretoken"}


def shown(person: Client, path: str, status: int = 200) -> str:
    response = person.get(path)
    assert response.status_code == status, response.headers.get("Location")
    return checked_page(response)


def sent(person: Client, path: str, status: int = 302, /, **values: Any) -> HttpResponseBase:
    """Send a form's values, each a text or a list of them."""
    response = person.post(path, {name.replace("__", "-"): value for name, value in values.items()})
    assert response.status_code == status, checked_page(response)
    return response
