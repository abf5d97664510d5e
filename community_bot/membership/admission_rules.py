"""What may become of an application, as a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from community_bot.errors import Invalid
from community_bot.machine import Machine

LONGEST_ANSWER = 1000


class ApplicationState(StrEnum):
    """Where an application is."""

    SUBMITTED = "submitted"
    ADMITTED = "admitted"
    DECLINED = "declined"


class ApplicationEvent(StrEnum):
    """What happens to an application."""

    ADMIT = "admit"
    DECLINE = "decline"


APPLICATION = Machine(
    "application",
    ApplicationState.SUBMITTED,
    {
        (ApplicationState.SUBMITTED, ApplicationEvent.ADMIT): ApplicationState.ADMITTED,
        (ApplicationState.SUBMITTED, ApplicationEvent.DECLINE): ApplicationState.DECLINED,
    },
)


class Asked(Protocol):
    """What the rules need to know of a question."""

    @property
    def choices(self) -> Sequence["Offered"]: ...


class Offered(Protocol):
    """What the rules need to know of an answer that can be tapped."""

    @property
    def name(self) -> Mapping[str, str]: ...
    @property
    def fits(self) -> bool: ...
    @property
    def reason(self) -> Mapping[str, str] | None: ...


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the answers decide by themselves, and why not."""

    event: ApplicationEvent
    reason: Mapping[str, str] | None = None


def chosen(question: Asked, answer: str) -> Offered | None:
    """Return the choice that an answer is, in whatever language; None for a question without.

    Raises Invalid for an answer that is none of the choices.
    """
    if not question.choices:
        return None
    for choice in question.choices:
        if answer.strip().casefold() in {text.casefold() for text in choice.name.values()}:
            return choice
    raise Invalid("answers", "choose")


def ruling(questions: Sequence[Asked], answers: Sequence[str]) -> Ruling | None:
    """Say what the answers decide by themselves; None where a person has to read them."""
    found = [chosen(one, answer) for one, answer in zip(questions, answers, strict=True)]
    for choice in found:
        if choice is not None and not choice.fits:
            return Ruling(ApplicationEvent.DECLINE, choice.reason)
    return None if None in found else Ruling(ApplicationEvent.ADMIT)


def check_answers(answers: Sequence[str], *, questions: int) -> list[str]:
    """Return the answers as they are kept; every question wants one."""
    kept = [answer.strip() for answer in answers]
    if len(kept) != questions or not all(kept):
        raise Invalid("answers", "incomplete", questions=questions)
    if any(len(answer) > LONGEST_ANSWER for answer in kept):
        raise Invalid("answers", "too_long", most=LONGEST_ANSWER)
    return kept
