"""U3.7: through which channels customers come, from which to which, and who has to come again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from outward.answers import (
    Answer,
    Basis,
    Chart,
    Grounds,
    Level,
    Matrix,
    Method,
    Picture,
    Sentence,
    Standing,
    Table,
    standing,
)
from outward.catalogue import question
from outward.errors import UsageError
from outward.evidence.view import View
from outward.methods import channels as contacts
from outward.pictures import bars_with_intervals, lines_by_month
from outward.understand import channel_tables as tables
from outward.understand.groups import choice_caveats, plain, small_groups

METHOD = Method(
    "Channels of contacts",
    "A contact is an event whose channel is known. A case moves when its last contact is in another channel than its "
    "first. It is contained when its first contact was digital and no contact in another channel followed within the "
    "stated days; only cases seen from their beginning and followed for so long count. Repeat contact: the same "
    "customer (or case, where no customer is known) is in contact again, on another day, within the stated days. It "
    "is not failure demand, which only somebody who reads what was asked can tell: where a column holds such codes, "
    "its share is that of all coded contacts. Intervals are Wilson's; those of repeat contact allow for customers "
    "with several contacts.",
    "Seddon (2003) on failure demand; Wilson (1927); Korn and Graubard (1998)",
    ("Contacts that left no record did not happen.", "The channel of a contact is the one recorded."),
)

DIGITAL_WORDS = {
    *("online", "web", "website", "internet", "portal", "app", "apps", "digital", "mobile", "self", "selfservice"),
    *("ussd", "kiosk", "bot", "chatbot", "api", "site", "webform", "eform", "eservice", "webportal", "webapp"),
}
"""Words in the name of a channel in which customers are taken to serve themselves."""

ASSISTED_WORDS = {"email", "mail", "chat", "webchat", "call", "phone", "desk", "counter", "post", "letter", "assisted"}
"""Words that say that somebody answers; they weigh more."""

TELL = "say which column holds the channel, with --role channel=COLUMN"


@dataclass(frozen=True)
class Asked:
    """What the question was asked with, looked up in the log.

    Attributes:
        digital: codes of the digital channels.
        guessed: whether they were guessed from their names.
        contained_within: days without assisted contact.
        again_within: days within which a further contact is a repeat.
        failure_column: the column with codes of failure demand; '' for none.
        failure_values: the codes that count.
    """

    digital: tuple[int, ...]
    guessed: bool
    contained_within: int
    again_within: int
    failure_column: str
    failure_values: tuple[str, ...]

    @property
    def tells_digital(self) -> bool:
        """Whether anything is said of digital channels: where some were named or guessed."""
        return bool(self.digital) or not self.guessed


@question("U3.7", "Which channels, from which to which?")
def channels(
    view: View,
    *,
    digital: str = "",
    contained_within_days: int = 28,
    again_within_days: int = 28,
    contact_steps: str = "",
    failure_column: str = "",
    failure_values: str = "",
) -> Answer:
    """Return the channels in which cases begin and end, who stays digital, shifts by month, and repeat contact.

    digital: the channels in which customers serve themselves, as Online|App; left empty, guessed from their names
    contained_within_days: days without assisted contact after which a digital case counts as contained
    again_within_days: days within which a further contact is a repeat contact
    contact_steps: the steps that are contacts, as Call|Visit; left empty, every event whose channel is known
    failure_column: where failure demand is coded: step, channel or an attribute; left empty, nothing is said of it
    failure_values: the codes that mean failure demand, as Chase|Complain

    Not for savings: what a contact costs is in no event log. Not for comparing bodies that record contacts
    in different ways.
    """
    asked = Asked(
        *_digital(view, digital),
        contained_within_days,
        again_within_days,
        _column(view, failure_column, failure_values),
        _listed(failure_values),
    )
    steps = _steps(view, contact_steps)
    contacts.gather(view, steps)
    known = "channel" in view.log.manifest.places
    once = known and contacts.told_once_a_case(view)
    made: dict[str, Table] = {}
    if known:
        made |= {"summary": tables.summary(view, asked.digital), "channels": tables.begun(view, asked.digital)}
        made |= {"moves": tables.moves(view), "used": tables.used(view)} if not once else {}
        if asked.tells_digital and not once:
            made["contained"] = tables.contained(view, asked.digital, contained_within_days)
    if (known and not once) or steps:
        made["again"] = tables.again(view, again_within_days)
    if known and not view.grouped:
        made["months"] = tables.months(view)
    if asked.failure_column:
        made["failure"] = tables.failure(view, asked.failure_column, asked.failure_values)
    return Answer(
        sentence=_sentence(view, asked, known, once),
        tables=made,
        pictures=_pictures(view, once) if known else (),
        caveats=(*_caveats(view, asked, known, once), *choice_caveats(view)),
        method=METHOD,
        evidence=(view.evidence(),),
        standing=_standing(view, asked, known),
    )


def _standing(view: View, asked: Asked, known: bool) -> Standing:
    if not known and view.log.basis is not Basis.MADE_UP:
        return Standing(Level.CANNOT_TELL, ("it is not known which channel a contact was in", TELL))
    sizes = contacts.moved(view, asked.digital)
    people = dict(zip(sizes["grp"].tolist(), sizes["people"].tolist(), strict=True))
    behind = [people.get(place, 0) for place in range(len(view.groups))]
    guessed = ("which channels are digital was guessed from their names",) if asked.guessed and asked.digital else ()
    return standing(
        Grounds(
            basis=view.log.basis,
            effective_number=behind[0],
            known_coverage="coverage" in view.log.settings.confirmed,
            doubts=(*view.doubts("roles"), *guessed, *small_groups(behind)),
        )
    )


def _sentence(view: View, asked: Asked, known: bool, once: bool) -> Sentence:
    if not known:
        return Sentence("Which channels customers use cannot be told: no column says it.")
    whose = "the cases of '{summary.group}'" if view.grouped else "cases"
    moved = "{summary.moved_share} end in another channel than they began in"
    first = whose[:1].upper() + whose[1:]
    often = f"{first} begin most often in the channel '{{channels.channel}}' ({{channels.share}})"
    too_few = "There are too few contacts whose channel is known to say which channels are used."
    if once:
        return Sentence(f"{often}; whether they move on to another cannot be told.", too_few)
    stayed = (
        "; {contained.stayed_share} of those that began digitally had no assisted contact within "
        f"{asked.contained_within} days"
    )
    return Sentence(
        *([f"{often}{stayed}; {moved}."] if asked.tells_digital and not view.grouped else []),
        f"{often}; {moved}.",
        f"{often}.",
        f"{moved.replace('}', f'}} of {whose}', 1)}.",
        too_few,
    )


def _caveats(view: View, asked: Asked, known: bool, once: bool) -> Iterable[Sentence]:
    if once:
        yield Sentence(
            "The channel is the same in every event of a case: it seems to be recorded once a case and not with each "
            "contact. So it cannot be told who moved, who stayed digital, and who had to come again."
        )
    if known:
        names = view.log.manifest.places["channel"]
        chosen = ", ".join(f"'{plain(names[code])}'" for code in asked.digital)
        if not asked.guessed:
            yield Sentence("Digital channels are those that were named when the question was asked.")
        elif chosen:
            yield Sentence("Which channels are digital was guessed from their names: see the table of channels.")
        else:
            yield Sentence("No channel's name says that it is digital: name those that are, to see who stays digital.")
        if view.repeat_customers:
            yield Sentence(
                "Some customers have several cases: the intervals of shares of cases do not allow for it, and are "
                "narrow; those of repeat contact do."
            )
    if once and not asked.failure_column:
        return
    yield Sentence(
        "Repeat contact is no failure demand: some contacts are meant to follow another. It counts contacts of the "
        "cases looked at, and what a customer does on one day as one contact."
    )
    if asked.failure_column:
        yield Sentence(
            "Failure demand is as somebody coded it. Two people should code a sample independently and agree "
            "(Krippendorff's alpha of at least 0.667) before the share is leaned on."
        )


def _pictures(view: View, once: bool) -> tuple[Picture, ...]:
    by = "group" if view.grouped else ""
    bars = Chart(
        "channels",
        bars_with_intervals("channel", "share", "share_low", "share_high", by=by),
        Sentence("In which channel cases begin"),
        name="channels",
        rows=10,
    )
    if view.grouped:
        return (bars,)
    matrix = Matrix(
        "moves",
        "first",
        "last",
        "share",
        Sentence("From the channel in which cases began to the one of their last contact"),
        name="moves",
    )
    lines = Chart(
        "months",
        lines_by_month("month", "share", "share_low", "share_high", "channel", unit="share", y_title="Cases begun"),
        Sentence("In which channel cases begin, by month"),
        name="months",
    )
    return (bars, lines) if once else (matrix, bars, lines)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split("|") if part.strip()))


def _steps(view: View, text: str) -> list[int]:
    named = _listed(text)
    for name in named:
        if name not in view.activities:
            raise UsageError(f"There is no step '{name}'. U3.1 lists the steps; write it as it stands there.")
    return [view.activities.index(name) for name in named]


def _column(view: View, column: str, values: str) -> str:
    if bool(column) != bool(_listed(values)):
        raise UsageError(
            "Failure demand needs both the column that holds its codes (failure_column) and the codes that mean it "
            "(failure_values)."
        )
    places = [role for role in ("channel",) if role in view.log.manifest.places]
    known = ["step", *places, *(one.name for one in view.log.manifest.attributes)]
    if column and column not in known:
        raise UsageError.unknown("column", column, known, " that could hold codes")
    return column


def _digital(view: View, text: str) -> tuple[tuple[int, ...], bool]:
    """Return the codes of the digital channels, and whether they were guessed.

    A name that no channel bears meets none, as one of few people does: the error would tell them apart.
    """
    names: Sequence[str] = view.log.manifest.places.get("channel", ())
    named = _listed(text)
    if named:
        return tuple(code for code, name in enumerate(names) if name in named), False
    return tuple(code for code, name in enumerate(names) if is_digital(name)), True


def is_digital(channel: str) -> bool:
    """Return whether a channel's name says that customers serve themselves in it.

    >>> [is_digital(name) for name in ("Online form", "Web-site", "E-mail", "Phone", "Mobile app", "Web chat")]
    [True, True, False, False, True, False]
    """
    joined = channel.lower().replace("-", "").replace("_", " ")
    words = set("".join(letter if letter.isalnum() else " " for letter in joined).split())
    return bool(words & DIGITAL_WORDS) and not words & ASSISTED_WORDS
