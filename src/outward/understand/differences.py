"""U3.8: where groups differ beyond chance, in everything that cases do, at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from outward.answers import Answer, Basis, Chart, Grounds, Level, Matrix, Method, Picture, Sentence, Standing, standing
from outward.catalogue import question
from outward.evidence.view import View
from outward.pictures import Unit, dots_with_intervals
from outward.understand import difference_tables as tables
from outward.understand.compared import differences_of
from outward.understand.difference_tables import Difference
from outward.understand.groupings import each_grouping, followed_for
from outward.understand.groups import choice_caveats, comparison_caveats, formed_later, looks_ahead, plain

METHOD = Method(
    "Every group against the largest (or one side against the other), in all that cases do",
    "Within the stated days of their first event, among cases seen from their beginning and followed for so long: "
    "which steps cases come to, what they do again, and which exact routes they take, each as a share, with Newcombe's "
    "interval and the two-share test (Fisher's exact test where fewer than ten people are expected). How cases end: "
    "cumulative incidence and Gray's test. How long cases take, and how long they wait after a step: mean days within "
    "at most the days stated, and the log-rank test; open cases count as open. Of endings and times the larger of two "
    "p-values counts, that of the test of the whole course and that of the difference shown. What is looked at is "
    "chosen from all groups together. Where customers have several cases, intervals and tests allow for it. P-values "
    "are corrected over all comparisons made, by Holm's method or by Benjamini and Hochberg's.",
    "Newcombe (1998); Campbell (2007); Fisher (1935); Gray (1988); Lin and Wei (1989); Royston and Parmar (2013); "
    "Holm (1979); Benjamini and Hochberg (1995)",
    ("Cases still open would go on like the others that came so far.",),
)

Correction = Literal["holm", "benjamini-hochberg"]


@question("U3.8", "Where do groups differ beyond chance?")
def differences(view: View, *, within_days: int = 90, correction: Correction = "holm") -> Answer:
    """Return where groups differ from the largest in endings, steps, repeats, routes, times and waits, and by how much.

    within_days: days after the first event in which what cases do counts
    correction: holm, under which hardly any difference shown is chance; benjamini-hochberg to explore

    Without `by` the groups of every attribute are looked at. Not for groups that are formed by something
    that happens later in a case: those are left out. A difference says nothing of its cause.
    """
    within = followed_for(view, within_days)
    groupings = list(each_grouping(view, lambda one: differences_of(one, within, named=not view.grouped)))
    found = tables.corrected([one for grouping in groupings for one in grouping.found], correction)
    made = {
        "compared": tables.compared(found),
        **({} if view.grouped else {"attributes": tables.by_attribute(found)}),
        "shares": tables.shares(view, found),
        "days": tables.days(view, found),
    }
    return Answer(
        sentence=_sentence(view, found),
        tables=made,
        pictures=_pictures(found) if view.grouped else (_overview(),) if found else (),
        caveats=(
            *_caveats(view, within, correction),
            *(Sentence(plain(one.left_out)) for one in groupings if one.left_out),
            *comparison_caveats(view),
            *choice_caveats(view, counts_so_far=False),
        ),
        method=METHOD,
        evidence=(view.evidence(),),
        standing=_standing(view, found, correction),
    )


def _standing(view: View, found: Sequence[Difference], correction: Correction) -> Standing:
    if not found and view.log.basis is not Basis.MADE_UP:
        return Standing(Level.CANNOT_TELL, (_nothing_compared(view),))
    doubts = [*view.doubts("roles", *(("endings",) if view.endings else ()), "extract_date")]
    if correction != "holm" or not view.grouped:
        doubts.append("the differences were found by looking at many things at once")
    people = min((min(one.gap.people) for one in found if one.stands_out), default=view.size["customers"])
    return standing(
        Grounds(
            basis=view.log.basis,
            effective_number=people,
            known_coverage="coverage" in view.log.settings.confirmed,
            doubts=tuple(doubts),
        )
    )


def _nothing_compared(view: View) -> str:
    if view.grouped and (looks_ahead(view) or formed_later(view)):
        return "cases were picked or grouped by something that came later, so a comparison would not be fair"
    return "there are no two groups of enough people to compare"


def _sentence(view: View, found: Sequence[Difference]) -> Sentence:
    if not found:
        why = _nothing_compared(view)
        return Sentence(f"Nothing is compared: {why}.")
    made = "{compared.comparisons|comparison|comparisons} made, {compared.standing_out|stands|stand} out"
    share, days = "shares[stands_out=yes]", "days[stands_out=yes]"
    apart = f"{{{share}.what}}: {{{share}.share}} of '{{{share}.group}}'"
    apart += f", {{{share}.against_share}} of '{{{share}.against}}'"
    longer = f"{{{days}.what}}: {{{days}.mean_days}} for '{{{days}.group}}'"
    longer += f", {{{days}.against_days}} for '{{{days}.against}}'"
    return Sentence(
        f"{made}. Furthest apart - {apart}; {longer}.",
        f"{made}. Furthest apart - {apart}.",
        f"{made}. Furthest apart - {longer}.",
        f"{made}.",
        "There are too few cases to say where groups differ.",
    )


def _caveats(view: View, within: int, correction: Correction) -> Iterable[Sentence]:
    yield Sentence(
        f"What cases do counts within {within} days of their first event, among those followed for so long; endings "
        "and times count within the days for which half of the cases were followed."
    )
    yield Sentence(
        "Endings, times and waits stand out only where both the whole course of the cases and the figure shown differ "
        "beyond chance."
    )
    if view.smallest_group > 1:
        yield Sentence(
            "Every figure is rounded by itself, so a difference need not be exactly that of the two beside it."
        )
    yield Sentence("A difference between groups says nothing of its cause: groups differ in many things at once.")
    if correction == "holm":
        yield Sentence("The tests are corrected for all comparisons made; the intervals are not.")
    else:
        yield Sentence(
            "About one in twenty of the differences that stand out is expected to be chance: this is for exploring. "
            "The intervals are not corrected."
        )
    if not view.grouped:
        yield Sentence("Each group is compared with the largest of the same attribute, all cases together.")


def _against(found: Sequence[Difference]) -> str:
    return f"'{plain(found[0].against)}'"


def _overview() -> Picture:
    title = "How many differences stand out, by what makes the groups"
    return Matrix("attributes", "attribute", "matter", "standing_out", Sentence(title), name="attributes")


def _pictures(found: Sequence[Difference]) -> tuple[Picture, ...]:
    drawn: tuple[tuple[Unit, str, str, str], ...] = (
        ("share", "shares", "difference", "Shares of cases"),
        ("days", "days", "difference_days", "Days"),
    )
    return tuple(
        Chart(
            table,
            dots_with_intervals(
                "what",
                figure,
                f"{figure}_low",
                f"{figure}_high",
                by="group",
                unit=unit,
                title="Difference",
                target=0.0,
                marked="stands_out",
            ),
            Sentence(f"{words}: how far groups are from {_against(found)}; diamonds stand out beyond chance"),
            name=table,
            rows=6,
        )
        for unit, table, figure, words in drawn
        if any(one.unit == unit for one in found)
    )
