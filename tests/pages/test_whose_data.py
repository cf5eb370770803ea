"""Which data set a record means: chosen in its form, and then on the board sheet, alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from outward.evidence.store import bring_in, forget
from tests.made_case_logs import private_log, write

from .editing import ID, RECORDS, form, held, make_workspace, sent, shown
from .test_editing_forms import words


@pytest.fixture
def folder(own_home: Path) -> Path:
    """A workspace in a folder of this computer."""
    return make_workspace(own_home)


def test_which_data_set_a_record_means_is_chosen_and_then_stands_on_the_board_alone(
    folder: Path, person: Client, tmp_path: Path
) -> None:
    log = bring_in(write(tmp_path / "claims.csv", private_log()))
    (folder / "records" / "data_sets.yaml").write_text("- id: claims\n  title: Claims\n  file: claims.csv\n")
    page = f"{RECORDS}/data_set/claims"
    board = words(shown(person, f"/workspaces/{ID}"))
    assert (
        "The data set that is named is not known to be on this computer. To show one here, bring its file in" in board
    )
    assert f"/data/{log.id}" not in shown(person, f"/workspaces/{ID}")
    assert f'<option value="{log.id}">{log.name} ({log.id})</option>' in shown(person, f"{page}/edit")
    sent(person, f"{page}/edit", 302, **{**form(shown(person, f"{page}/edit")), "brought_in_as": log.id})
    assert held("data_set", "claims")["brought_in_as"] == log.id
    assert f'href="/data/{log.id}"' in shown(person, f"/workspaces/{ID}")
    forget(log.id)
    assert f"{log.id}, which is not on this computer" in shown(person, f"{page}/edit")
    sent(person, f"{page}/edit", 302, **{**form(shown(person, f"{page}/edit")), "owner": "Head of Claims"})
    assert held("data_set", "claims")["brought_in_as"] == log.id
    assert "not known to be on this computer" in shown(person, f"/workspaces/{ID}")
