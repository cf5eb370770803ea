"""A first look at a data set: three things to look at first, the trend, and what cannot be answered yet.

Every figure comes from released answers; a look only picks among them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from outward.answers import Level, Sentence, Standing
from outward.asking import ask_each
from outward.catalogue import Half, Progress, Silent, asked_of, find
from outward.disclosure.released import ReleasedAnswer
from outward.evidence.store import Given, LaidLog, resolve
from outward.evidence.tables import Settings
from outward.sources import workspace_refused

FIRST = 3
NEED_ENDINGS = ("U3.3", "U3.6")
ASKED_APART = ("U3.8",)
"""Questions that go through every attribute in turn: asked when somebody wants to know."""


@dataclass(frozen=True)
class Finding:
    """One thing to look at: a sentence over a released answer, and the customer days it is about.

    Attributes:
        answer: the answer that the sentence's places point into.
        sentence: the template.
        days: customers times days, as released; what findings are ranked by.
        where: the filter that leads to the cases it is about.
    """

    answer: ReleasedAnswer
    sentence: Sentence
    days: float
    where: str

    @property
    def standing(self) -> Standing:
        """How far it can be leaned on: found by looking, so never firm."""
        return self.answer.standing.lowered(Level.CARE, "it was found by looking through the data")


@dataclass(frozen=True)
class Look:
    """A first look at a data set.

    Attributes:
        log: the data set.
        answers: question id to its released answer.
        first: the things to look at first, most customer days first.
        cannot: what cannot be answered yet and what would help, a sentence each.
    """

    log: LaidLog
    answers: Mapping[str, ReleasedAnswer]
    first: tuple[Finding, ...]
    cannot: tuple[str, ...]

    @property
    def fitness(self) -> ReleasedAnswer:
        """What the evidence is, and what is in doubt."""
        return self.answers["E1.1"]

    @property
    def trend(self) -> ReleasedAnswer:
        """How long it takes, by the month in which cases began."""
        return self.answers["U3.3"]


def look(
    source: Given,
    *,
    policy: str = "outward",
    reason: str = "",
    guarded: bool = False,
    settings: Settings | None = None,
    progress: Progress | None = None,
) -> Look:
    """Return a first look at a file or data set.

    Args:
        source: a file, a list of files that make one log, or the id of a data set on this machine.
        policy: rules for small numbers; 'none' needs a `reason`.
        reason: why unchecked figures are needed.
        guarded: whether to ask as the pages do, so that they share the answers; see `asking.ask`.
        settings: what is known about a new file beyond what is guessed.
        progress: told how far the work has come; may stop it.

    Raises:
        BadInput: the file cannot be used.
        Cancelled: a person stopped the work.
    """
    progress = progress or Silent()
    workspace_refused(source)
    log = resolve(source, settings, Half(progress, 0))
    asked = [id for id in asked_of("data set") if id not in ASKED_APART]
    answers = ask_each(asked, log, policy=policy, reason=reason, guarded=guarded, progress=Half(progress, 1))
    return Look(log, answers, _first(answers), tuple(_cannot(log, answers)))


FIRST_FROM = ("U3.4", "U3.5", "U3.6")
"""Questions among whose answers the things to look at first are picked."""


def firsts(source: Given, *, guarded: bool = False) -> tuple[Finding, ...]:
    """Return the things to look at first alone, without the rest of a look; the arguments are those of `look`."""
    return _first(ask_each(FIRST_FROM, source, guarded=guarded))


def _first(answers: Mapping[str, ReleasedAnswer]) -> tuple[Finding, ...]:
    """Return the largest wait, the costliest repeat and the costliest leaving, then further waits up to three."""
    waits, repeats, left = (
        sorted(found, key=lambda one: -one.days)
        for found in (_waits(answers["U3.4"]), _repeats(answers["U3.5"]), _left(answers["U3.6"]))
    )
    chosen = [*waits[:1], *repeats[:1], *left[:1]]
    chosen += waits[1 : 1 + FIRST - len(chosen)]
    return tuple(sorted(chosen, key=lambda one: -one.days))


def _quoted(label: object) -> str:
    return '"' + str(label).replace('"', '""') + '"'


def _waits(answer: ReleasedAnswer) -> Iterator[Finding]:
    """Yield the waits between two different steps; those from a step to itself are going round."""
    for number, row in enumerate(answer.tables["paths"].rows()):
        if row["days"] and row["from_step"] != row["to_step"]:
            place = f"paths[{number}]"
            said = (
                f"Waiting: {{{place}.cases|case|cases}} wait between '{{{place}.from_step}}' and "
                f"'{{{place}.to_step}}', {{{place}.days}} in all"
            )
            half = f"half of the waits are over {{{place}.median_days}}"
            yield Finding(
                answer,
                Sentence(
                    f"{said}; {half}, one in ten over {{{place}.p90_days}}.",
                    f"{said}; {half}.",
                    f"{said}.",
                ),
                float(row["days"]),
                f"path({_quoted(row['from_step'])} > {_quoted(row['to_step'])})",
            )


def _repeats(answer: ReleasedAnswer) -> Iterator[Finding]:
    for number, row in enumerate(answer.tables["steps"].rows()):
        if row["days"]:
            place = f"steps[{number}]"
            yield Finding(
                answer,
                Sentence(
                    f"Going round: {{{place}.cases|case|cases}} ({{{place}.share}}) do '{{{place}.step}}' again, "
                    f"{{{place}.days}} in all from the first time to the last.",
                    f"Going round: {{{place}.cases|case|cases}} do '{{{place}.step}}' again.",
                ),
                float(row["days"]),
                f"passes({_quoted(row['step'])})",
            )


def _left(answer: ReleasedAnswer) -> Iterator[Finding]:
    steps = answer.tables.get("last_steps")
    for number, row in enumerate(steps.rows() if steps else ()):
        if row["days"]:
            place = f"last_steps[{number}]"
            told = "give up" if row["ending"] == "gave up" else "withdraw"
            yield Finding(
                answer,
                Sentence(
                    f"Leaving: {{{place}.ended|case|cases}} {told} after '{{{place}.step}}', "
                    f"{{{place}.days}} in all since their first event."
                ),
                float(row["days"]),
                f"ends({_quoted(row['step'])})",
            )


def _cannot(log: LaidLog, answers: Mapping[str, ReleasedAnswer]) -> Iterator[str]:
    """Yield what cannot be answered yet, and what would settle it."""
    manifest, settings = log.manifest, log.settings
    if not settings.endings:
        yield (
            "How long it takes, how it ends and who gives up: it is not known which steps end a case. Say which do, "
            "and how, by adding --ending 'STEP=done' to the command, once for each (done, refused or withdrawn)."
        )
    for id, answer in answers.items():
        if answer.standing.level is Level.CANNOT_TELL and (settings.endings or id not in NEED_ENDINGS):
            yield f"{find(id).title} {_capital('; '.join(answer.standing.reasons))}."
    if not manifest.has_customer:
        yield (
            "Whether customers come back: no column was taken for the customer. If one says who it is, add "
            "--role customer=COLUMN."
        )
    if not manifest.has_start:
        yield (
            "How much of the time is waiting and how much is work: the data does not say when work began. If a column "
            "does, add --role start=COLUMN."
        )
    if settings.endings and not settings.gave_up_after_days:
        yield "Who gives up: say after how many silent days an open case counts as given up, with --gave-up-after DAYS."
    if "channel" not in manifest.places:
        yield "Which channels customers use: no column was taken for it. If one says it, add --role channel=COLUMN."
    if "endings" not in settings.confirmed and settings.endings:
        guessed = " ".join(f"--ending '{step}={kind}'" for step, kind in settings.endings.items())
        yield f"How sure the endings are: they were guessed. If they are right, confirm them with {guessed}."


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
