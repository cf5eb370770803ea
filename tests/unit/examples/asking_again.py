"""The example made anew with a seed, laid, asked: each answer beside the planted truth it must cover."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from outward.asking import ask, forget_answers
from outward.disclosure.released import ReleasedTable
from outward.evidence.manifest import settings_from
from outward.evidence.store import LaidLog, bring_in, forget
from outward.examples import connexions, read_example
from outward.examples.connexions.make import make
from outward.examples.connexions.population import gave_up
from outward.workspace.kinds.knowledge import DataSet

BEFORE = "to=2026-02-28"
REFERRED = "starts(Referral received)"
"""Cases whose first event is the referral: from the first event is then from the referral."""


@dataclass(frozen=True)
class Asked:
    """How a planted truth is asked for.

    Attributes:
        truth: its id.
        question: the question that answers it.
        table: the table of the answer that holds it.
        figure: the column.
        row: labels that the row has beside the group.
        by: the groups.
        where: the cases.
        within_days: the question's parameter, 0 where it has none.
        interval: whether the figure has an interval.
    """

    truth: str
    question: str
    table: str
    figure: str
    row: Mapping[str, str]
    by: str = ""
    where: str = ""
    within_days: int = 0
    interval: bool = True


ASKED = (
    Asked("over_within_182_days", "U3.3", "summary", "within_share", {}, "area", within_days=182),
    Asked("over_within_364_days", "U3.3", "summary", "within_share", {}, "risk_of_exclusion", within_days=364),
    Asked("half_over_after_days", "U3.3", "summary", "median_days", {}, "area", within_days=182),
    Asked("tried_again", "U3.5", "steps", "share", {"step": "Contact attempt"}, "text_reminders", BEFORE),
    Asked("assessed_again", "U3.5", "steps", "share", {"step": "Assessment by adviser"}, "risk_of_exclusion", BEFORE),
    *(
        Asked(
            f"gave_up_within_{days}_days",
            "U3.6",
            "summary",
            "share",
            {"ending": "gave up"},
            "risk_of_exclusion",
            within_days=days,
        )
        for days in (182, 364)
    ),
    Asked("lost_in_summer", "U3.6", "summary", "share", {"ending": "gave up"}, "term_referred", REFERRED, 182),
    Asked("refused_within_28_days_of_referral", "U3.6", "summary", "share", {"ending": "refused"}, "", REFERRED, 28),
    Asked(
        "asks_what_is_happening",
        "U3.1",
        "steps",
        "share",
        {"step": "Asks what is happening"},
        "area",
        'passes("First meeting with adviser")',
        interval=False,
    ),
    Asked(
        "wait_for_meeting",
        "U3.4",
        "paths",
        "median_days",
        {"from_step": "Contact made", "to_step": "First meeting with adviser"},
        "area",
        interval=False,
    ),
    Asked(
        "wait_for_social_services",
        "U3.4",
        "paths",
        "median_days",
        {"from_step": "Assessment by adviser", "to_step": "Assessment by social services"},
        interval=False,
    ),
)

NOT_YET_ASKED = {
    "met_within_42_days": "no question counts from one step to another",
    "days_to_meeting": "no question counts from one step to another",
    "half_met_after_days": "no question counts from one step to another",
    "assessed_by_both": "no filter says 'at least 91 days before the extract'",
    "assessed_again_of_assessed": "no filter says 'at least 91 days before the extract'",
    "gave_up_within_182_days_of_referral": "only those whose first event is the referral can be counted from it",
    "gave_up_within_364_days_of_referral": "only those whose first event is the referral can be counted from it",
    "done_within_364_days_of_referral": "only those whose first event is the referral can be counted from it",
    "contacted_within_14_days": "no question counts from one step to another",
    "met_within_42_days_whatever_the_age": "U3.8 gives no figures of each group: see NOTHING_PLANTED",
    "contacted_within_14_days_whatever_the_age": "U3.8 gives no figures of each group: see NOTHING_PLANTED",
    "gave_up_within_182_days_of_referral_whatever_the_age": "U3.8 gives no figures of each group: see NOTHING_PLANTED",
    "done_within_364_days_of_referral_whatever_the_age": "U3.8 gives no figures of each group: see NOTHING_PLANTED",
}
"""Truths that no question of the catalogue can be asked for so far, and why."""

NOTHING_PLANTED: tuple[tuple[str, dict[str, Any]], ...] = (
    ("U3.3", {}),
    ("U3.5", {}),
    ("U3.6", {"within_days": 182}),
    ("U3.8", {"within_days": 42}),
)
"""Questions that compare the age bands, between which nothing is planted."""


@dataclass(frozen=True)
class Found:
    """One figure of an answer, beside its truth."""

    truth: str
    group: str
    planted: float
    value: float
    low: float | None
    high: float | None

    @property
    def covers(self) -> bool:
        """Whether the interval holds the truth; an end that is not reached holds everything beyond."""
        return (self.low is None or self.low <= self.planted) and (self.high is None or self.planted <= self.high)


@cache
def planted() -> dict[str, dict[str, Any]]:
    """The truths as they are written beside the example."""
    text = (Path(connexions.__path__[0]) / "truths.yaml").read_text(encoding="utf-8")
    return {truth["id"]: truth for truth in yaml.safe_load(text)["truths"]}


def laid(seed: int, size: float, folder: Path) -> LaidLog:
    """Make the example with this seed and bring it in with the settings that its workspace names."""
    (path,) = make(folder / str(seed), seed, size)
    return bring_in(path, settings_from(read_example("connexions").every(DataSet)[0].settings))


def released(log: LaidLog, one: Asked) -> ReleasedTable:
    parameters: dict[str, Any] = {"within_days": one.within_days} if one.within_days else {}
    answer = ask(one.question, log, by=one.by, where=one.where, policy="none", reason="a test", **parameters)
    return answer.tables[one.table]


def found(log: LaidLog) -> Iterator[Found]:
    """Yield every figure asked for, beside its truth."""
    for one in ASKED:
        values = planted()[one.truth]["values"]
        for row in released(log, one).rows():
            if any(row[name] != label for name, label in one.row.items()):
                continue
            group, value = str(row.get("group", "all")), row[one.figure]
            if value is not None:
                ends = (row.get(f"{one.figure}_{end}") for end in ("low", "high"))
                low, high = (None if end is None else float(end) for end in ends)
                yield Found(one.truth, group, values[group], float(value), low, high)


def differences(log: LaidLog) -> Iterator[Found]:
    """Yield the differences between groups in giving up, beside those planted."""
    for by, days, where, values in (
        ("risk_of_exclusion", 182, "", planted()["gave_up_within_182_days"]["values"]),
        ("risk_of_exclusion", 364, "", planted()["gave_up_within_364_days"]["values"]),
        ("term_referred", 182, REFERRED, planted()["lost_in_summer"]["values"]),
        ("age_band", 182, "", dict.fromkeys(("13 to 15", "16 to 17", "18 and over"), 0.0)),
    ):
        one = Asked("", "U3.6", "compared", "difference", {}, by, where, days)
        for row in released(log, one).rows():
            if row["ending"] == "gave up" and row["difference"] is not None:
                truth = values[str(row["group"])] - values[str(row["against"])]
                low, high = (float(row[f"difference_{end}"] or 0) for end in ("low", "high"))
                yield Found(
                    f"difference by {by} within {days} days",
                    str(row["group"]),
                    truth,
                    float(row["difference"]),
                    low,
                    high,
                )


def by_age(log: LaidLog) -> Iterator[Found]:
    """Yield the share of each age band that gives up, beside the one share that is planted for all."""
    truth = gave_up("all", 182, since_first=True)["all"]
    one = Asked("", "U3.6", "summary", "share", {}, "age_band", "", 182)
    for row in released(log, one).rows():
        if row["ending"] == "gave up":
            low, high = (float(row[f"share_{end}"] or 0) for end in ("low", "high"))
            yield Found("by age", str(row["group"]), truth, float(row["share"] or 0), low, high)


def false_findings(log: LaidLog) -> list[bool]:
    """Return for each question whether it says that some age band stands out."""
    said = []
    for question, parameters in NOTHING_PLANTED:
        answer = ask(question, log, by="age_band", policy="none", reason="a test", **parameters)
        told = [table for table in answer.tables.values() if "stands_out" in table.values]
        said.append(any("yes" in table.values["stands_out"] for table in told))
    return said


@dataclass(frozen=True)
class Run:
    """What one made log showed."""

    seed: int
    found: tuple[Found, ...]
    false: tuple[bool, ...]


def run(seed: int, size: float, folder: Path) -> Run:
    """Make, lay, ask and forget the example with one seed."""
    log = laid(seed, size, folder)
    everything = (*found(log), *differences(log), *by_age(log))
    result = Run(seed, everything, tuple(false_findings(log)))
    forget(log.id)
    forget_answers(log.id)
    return result
