"""The questions of a tier as the database keeps them, and back."""

from collections.abc import Iterable
from typing import Any

from community_bot.membership.facts import Choice, Question


def facts_of_questions(questions: Iterable[Question]) -> list[dict[str, Any]]:
    return [
        {**one.name, "choices": [_facts_of(choice) for choice in one.choices]}
        if one.choices
        else dict(one.name)
        for one in questions
    ]


def questions_of(facts: Iterable[dict[str, Any]]) -> tuple[Question, ...]:
    return tuple(
        Question(_wording(one), tuple(_choice(choice) for choice in one.get("choices", ())))
        for one in facts
    )


def _facts_of(choice: Choice) -> dict[str, Any]:
    reason = None if choice.reason is None else dict(choice.reason)
    return {**choice.name, "fits": choice.fits, "reason": reason}


def _choice(facts: dict[str, Any]) -> Choice:
    reason = facts.get("reason")
    return Choice(_wording(facts), facts["fits"], None if reason is None else _wording(reason))


def _wording(facts: dict[str, Any]) -> dict[str, str]:
    return {"zh": facts["zh"], "en": facts["en"]}
