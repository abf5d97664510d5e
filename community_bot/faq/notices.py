"""What the room tells people about the FAQ."""

from dataclasses import dataclass
from datetime import datetime

from community_bot.delivery.contents import notice
from community_bot.faq.rules import Doubted


@notice("faq_answer_found")
@dataclass(frozen=True, slots=True)
class AnswerFound:
    """To somebody who searched in vain, in their own words: there is an answer now."""

    entry_id: int
    question: str
    wording: str
    searched_at: datetime


@notice("faq_review_wanted")
@dataclass(frozen=True, slots=True)
class ReviewWanted:
    """To whoever looks after an entry: does it still hold? `owner_name` is set for the lead."""

    entry_id: int
    question: str
    why: Doubted
    verified_at: datetime | None
    owner_name: str | None


@notice("faq_policy_changed")
@dataclass(frozen=True, slots=True)
class PolicyChanged:
    """To who read an answer lately: the rules behind it have changed, it may be out of date."""

    entry_id: int
    question: str
    about: str


@notice("faq_draft_waiting")
@dataclass(frozen=True, slots=True)
class DraftWaiting:
    """To admins: a mentor asks for a draft to be looked over."""

    entry_id: int
    question: str
    author_name: str


@notice("faq_handed_over")
@dataclass(frozen=True, slots=True)
class EntryHandedOver:
    """To an editor: an admin has asked them to look after an entry from now on."""

    entry_id: int
    question: str
    by_name: str | None
    review_at: datetime | None
