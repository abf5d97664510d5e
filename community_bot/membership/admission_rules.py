"""What may become of an application, as a table."""

from collections.abc import Sequence
from enum import StrEnum

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


def check_answers(answers: Sequence[str], *, questions: int) -> list[str]:
    """Return the answers as they are kept; every question wants one."""
    kept = [answer.strip() for answer in answers]
    if len(kept) != questions or not all(kept):
        raise Invalid("answers", "incomplete", questions=questions)
    if any(len(answer) > LONGEST_ANSWER for answer in kept):
        raise Invalid("answers", "too_long", most=LONGEST_ANSWER)
    return kept
