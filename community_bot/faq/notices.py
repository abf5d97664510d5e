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
    """To whoever looks after an entry: does it still hold? `owner_name` is set for the lead.

    `ticket_id` is the question that a mentor has answered after its asker had read the entry.
    """

    entry_id: int
    question: str
    why: Doubted
    verified_at: datetime | None
    owner_name: str | None
    ticket_id: int | None = None


@notice("faq_reviews_wanted")
@dataclass(frozen=True, slots=True)
class ReviewsWanted:
    """To whoever looks after several entries that are to be looked at: number and question."""

    entries: tuple[tuple[int, str], ...]


@notice("faq_policy_changed")
@dataclass(frozen=True, slots=True)
class PolicyChanged:
    """To who read answers lately: the rules behind them have changed, they may be out of date."""

    entry_id: int
    question: str
    about: str
    more: tuple[tuple[int, str], ...] = ()  # further answers they read: number and question


@notice("faq_gaps_report")
@dataclass(frozen=True, slots=True)
class GapsReport:
    """To admins, once a week: what members searched in vain, with how many of them did.

    Their words are without personal data.
    """

    open: int
    first: tuple[tuple[str, int], ...]


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
