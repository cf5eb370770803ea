"""U3.9: in which week the service changed, by how much, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from outward.answers import Answer, Basis, Chart, Grounds, Level, Method, Sentence, Standing, standing
from outward.catalogue import question
from outward.evidence.view import View
from outward.methods.changes import ALIKE, SHORTEST, chance, changes, resemblance
from outward.methods.weeks import Week, weeks
from outward.pictures import lines_by_week
from outward.understand import change_tables as tables
from outward.understand.change_tables import Dated, Measure, Series
from outward.understand.groups import choice_caveats, comparison_cells, small_groups
from outward.understand.working import working as calendar_time
from outward.understand.working import working_caveats

METHOD = Method(
    "Changes from week to week",
    "Cases are put in the week (from Monday) of their first event; weeks that the data does not cover whole, and those "
    "with too few people, are left out. Repeats, endings and days count within the stated days of the first event, in "
    "weeks of which every case was followed for so long. Change points are found by PELT with squared error and "
    "penalty 2 s^2 ln n, levels lasting at least seven weeks. A measure counts as changed only where a test of its "
    "largest stretch against shuffled weeks, corrected by Holm for all measures and groups looked at, is under 0.05. "
    "Where a week resembles the one before, weeks drawn with the same resemblance take the place of shuffled ones, and "
    "penalty and intervals allow for it. The interval of a date is the likelihood-ratio set between the neighbouring "
    "changes; that of a difference is Welch's.",
    "Killick, Fearnhead and Eckley (2012); Olshen and others (2004); Hinkley (1970); Holm (1979); Welch (1947)",
    ("Between changes, weeks vary about one level by chance alone.", "A week tells of the next one alone."),
)

WEEKS_NEEDED = 2 * SHORTEST
TOO_SHORT = f"it takes at least {WEEKS_NEEDED} whole weeks with enough people, followed for long enough"


@question("U3.9", "When did it change?")
def when_changed(view: View, *, within_days: int = 28, working: str = "") -> Answer:
    """Return the weeks in which a new level of endings, days, repeats or new cases began, with its size and interval.

    within_days: days after the first event in which a case's repeats, ending and days count
    working: the calendar, as 'england-and-wales, Mon-Fri 09:00-17:00'; empty takes the data set's, none shows none

    Changes are looked for in calendar days alone; with a calendar, working days stand beside them week by week.
    Not for saying why it changed: what else happened in that week is in no event log. Not with
    fewer than fourteen whole weeks; with fewer than some fifty a season cannot be told from a change.
    """
    found = [week for week in weeks(view, within_days) if week.people >= view.smallest_group]
    calendar = calendar_time(view, working)
    worked = {(week.grp, week.begins): week for week in weeks(calendar.view, within_days)} if calendar else {}
    measures = tables.measures(view, within_days)
    series = [
        Series(one, grp, [week for week in found if week.grp == grp and (one.at_once or week.followed)])
        for one in measures
        for grp in range(len(view.groups))
    ]
    tests = comparison_cells([chance(one.values) for one in series])
    dated = [
        (one, changes(one.values) if cells["stands_out"] == "yes" else [])
        for one, cells in zip(series, tests, strict=True)
    ]
    told = sorted((one for one in measures if _sureness(one, dated)), key=lambda one: -_sureness(one, dated))
    return Answer(
        sentence=_sentence(view, told),
        tables={
            "measures": tables.looked_at(view, series, tests),
            **{f"changes_{one.name}": tables.changed(view, one, dated) for one in told},
            "weeks": tables.by_week(view, found, dated, within_days, worked),
        },
        pictures=tuple(_picture(view, one) for one in measures) if found else (),
        caveats=(*_caveats(), *working_caveats(calendar), *choice_caveats(view)),
        method=METHOD,
        evidence=(view.evidence(),),
        standing=_standing(view, series, found),
    )


def _sureness(measure: Measure, dated: Dated) -> float:
    """Return the largest change of a measure, in half widths of its interval; 0 where it did not change."""
    halves = [
        abs(change.difference) / max((change.difference_high - change.difference_low) / 2, 1e-9)
        for series, has in dated
        if series.measure == measure
        for change in has
    ]
    return max(halves, default=0.0)


def _standing(view: View, series: Sequence[Series], found: Sequence[Week]) -> Standing:
    shortest = min(len(one.weeks) for one in series)
    if shortest < WEEKS_NEEDED and view.log.basis is not Basis.MADE_UP:
        return Standing(Level.CANNOT_TELL, (TOO_SHORT, "wait until more weeks have passed"))
    behind = [sum(week.people for week in found if week.grp == grp) for grp in range(len(view.groups))]
    if view.repeat_customers:
        behind = [people for _, people in view.group_sizes]
    alike = any(resemblance(one.values) > ALIKE for one in series)
    return standing(
        Grounds(
            basis=view.log.basis,
            effective_number=behind[0],
            known_coverage="coverage" in view.log.settings.confirmed,
            doubts=(
                *view.doubts("roles", *(("endings",) if view.log.settings.endings else ()), "extract_date"),
                *(("weeks resemble the week before so closely that chance can pass for a change",) if alike else ()),
                *small_groups(behind),
            ),
        )
    )


def _sentence(view: View, told: Sequence[Measure]) -> Sentence:
    """Say a change of the surest measure whose figures are shown; which changed at all is in the first table."""
    looked = "{measures.comparisons|measure|measures} looked at week by week"
    changed = f"{{measures.standing_out}} of {looked} changed beyond chance"
    said = []
    for one in told:
        table = f"changes_{one.name}"
        whose = f" for '{{{table}.group}}'" if view.grouped else ""
        levels = f"{one.words} went{whose} from {{{table}.before}} to {{{table}.after}}"
        said.append(f"In the week of {{{table}.week}} {levels}; {changed}.")
    nothing = f"Nothing changed beyond chance in the {looked}."
    return Sentence(
        *said,
        f"{changed}." if told else nothing,
        "There are too few whole weeks with enough people to tell whether anything changed.",
    )


def _caveats() -> Iterable[Sentence]:
    yield Sentence(
        "That a change stands beside something that was done in that week does not say that this was its cause."
    )
    yield Sentence(
        "A season or a slow trend can look like changes: the test allows for weeks that resemble the week before, and "
        "otherwise takes them to vary by chance alone. Compare with the same weeks of another year."
    )
    yield Sentence(
        "The tests are corrected for all measures and groups looked at together. Intervals of dates and sizes take "
        "it that there was a change, and are not corrected."
    )
    yield Sentence("Weeks that the data does not cover whole, and weeks with too few people, are left out.")


def _picture(view: View, measure: Measure) -> Chart:
    figure = measure.figure
    ends = ("", "") if measure.unit == "count" else (f"{figure}_low", f"{figure}_high")
    titles = {"share": "Share of cases", "days": "Mean days", "count": "Cases begun"}
    return Chart(
        "weeks",
        lines_by_week(
            "week",
            figure,
            *ends,
            "group" if view.grouped else "",
            changed=("begins", measure.name),
            unit=measure.unit,
            y_title=titles[measure.unit],
        ),
        Sentence(
            f"{measure.words[:1].upper()}{measure.words[1:]}, by the week in which they began; changes are dashed"
        ),
        name=f"weeks_{measure.name}",
    )
