"""The presets: which rules for small numbers an answer is released under."""

from __future__ import annotations

from dataclasses import replace

from outward.disclosure.released import Policy
from outward.errors import ReleaseRefused, UsageError

OUTWARD = Policy(
    name="outward",
    threshold=10,
    rounding=5,
    zeros_shown=False,
    ends_masked=True,
    words="Checked for small numbers: figures about fewer than 10 people are left out, counts are to the "
    "nearest 5, percentages come from the rounded counts, and 0% and 100% are not shown.",
    sizes="sizes of groups under 10 are left out and the others are to the nearest 5",
)

NHS_HES = Policy(
    name="nhs_hes",
    threshold=8,
    rounding=5,
    zeros_shown=True,
    ends_masked=False,
    words="Checked for small numbers (rule of the Hospital Episode Statistics): figures about 1 to 7 people "
    "are left out, other counts are to the nearest 5, and percentages come from the rounded counts. "
    "Totals are rounded separately, so parts need not add up; nothing further is hidden, because of "
    "the rounding.",
    sizes="sizes of groups of 1 to 7 are left out and the others are to the nearest 5",
    sides_needed=False,
    guarded=False,
)

NONE = Policy(
    name="none",
    threshold=1,
    rounding=1,
    zeros_shown=True,
    ends_masked=False,
    words="Not for release: small numbers have not been dealt with.",
    sides_needed=False,
    guarded=False,
)

PRESETS = {preset.name: preset for preset in (OUTWARD, NHS_HES, NONE)}


def policy(name: str = "outward", reason: str = "") -> Policy:
    """Return the preset of that name.

    `outward` is the default. `nhs_hes` follows the rule of NHS Digital for sub-national Hospital
    Episode Statistics (2018); counts of events, which that rule exempts, are treated like counts of
    people here. `none` shows figures as they are, stamped 'not for release', and needs a reason.

    Args:
        name: 'outward', 'nhs_hes' or 'none'.
        reason: why unchecked figures are needed; kept with every output of policy 'none'.

    Raises:
        UsageError: there is no preset of that name.
        ReleaseRefused: policy 'none' without a reason.

    >>> policy().threshold, policy("nhs_hes").threshold
    (10, 8)
    """
    if name not in PRESETS:
        raise UsageError.unknown("policy", name, PRESETS)
    reason = reason.strip()
    if name == "none" and not reason:
        raise ReleaseRefused(
            "Policy 'none' shows figures that are not checked for small numbers, so it needs a reason. "
            'Give one with: --policy none --reason "..."'
        )
    return replace(PRESETS[name], reason=reason)
