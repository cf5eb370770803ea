from __future__ import annotations

import pytest

from outward.disclosure.policies import PRESETS, policy
from outward.errors import ReleaseRefused, UsageError


def test_the_default_policy_is_the_one_of_the_design() -> None:
    chosen = policy()
    assert (chosen.name, chosen.threshold, chosen.rounding) == ("outward", 10, 5)
    assert not chosen.zeros_shown
    assert chosen.ends_masked
    assert chosen.checked


def test_no_policy_needs_a_reason_and_says_how_to_give_one() -> None:
    for reason in ("", "   "):
        with pytest.raises(ReleaseRefused, match=r'--policy none --reason "\.\.\."'):
            policy("none", reason)
    unchecked = policy("none", " testing the reader ")
    assert unchecked.reason == "testing the reader"
    assert not unchecked.checked
    assert "Not for release" in unchecked.words


def test_an_unknown_policy_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(UsageError, match=r"no policy 'outwards'. Did you mean 'outward'\?"):
        policy("outwards")


def test_every_policy_has_words_to_print_under_a_table() -> None:
    assert all(preset.words.endswith(".") and preset.name == name for name, preset in PRESETS.items())
