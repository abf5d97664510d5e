"""What the room is told and tells its callers: frozen facts, never rows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from community_bot.tickets.rules import (
    Audience,
    DraftState,
    Grievance,
    Happening,
    MessageKind,
    Origin,
    TicketState,
    Verdict,
)
from community_bot.tickets.wording_rules import behind

Entities = tuple[Mapping[str, Any], ...]  # core.telegram.org/bots/api#messageentity


@dataclass(frozen=True, slots=True)
class Said:
    """A message as it came: where, what kind, and in whose album it stands.

    `content` is the name of Telegram's field: text, photo, video, document, voice, audio,
    animation, video_note, sticker, location, contact ... `text` is the text or the caption.
    `is_cut` says that a command, or the bot's name, stands before these words where they came from:
    they are carried as they are here, and the message itself is not.
    """

    chat_id: int
    message_id: int
    content: str = "text"
    text: str | None = None
    entities: Entities = ()
    file_id: str | None = None
    media_group_id: str | None = None
    reply_to: int | None = None
    forum_topic_id: int | None = None
    is_cut: bool = False

    def without(self, head: str) -> "Said":
        """Return the message without what it begins with; its formatting keeps its places."""
        if not head or not self.text or not self.text.startswith(head):
            return self
        words, entities = behind(head, self.text, self.entities)
        return replace(self, text=words or None, entities=entities, is_cut=True)


@dataclass(frozen=True, slots=True)
class Hit:
    """An FAQ entry that may answer a draft, or that its member has read."""

    entry_id: int
    question: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A question that is being written; `hits` are at most three entries that may answer it.

    `alike` counts the open questions of others that seem to ask the same and may be followed.
    """

    draft_id: int
    member_id: int
    state: DraftState
    topic: str | None
    market: str | None
    topics: tuple[str, ...]  # those that the member's tier may ask about
    texts: int
    pictures: int
    files: int
    words: str
    begun_at: datetime
    last_said_at: datetime
    submit_at: datetime | None
    follows_id: int | None
    is_shared: bool
    hits: tuple[Hit, ...] = ()
    alike: int = 0
    ticket_id: int | None = None


@dataclass(frozen=True, slots=True)
class Allowance:
    """The questions of a month: `limit` None for any number.

    `next_at` is when there are questions again: a month begins, or staff's pause is over.
    """

    used: int
    limit: int | None
    next_at: datetime
    paused_until: datetime | None = None

    @property
    def is_spent(self) -> bool:
        """Say whether what is written now can only be kept."""
        return self.paused_until is not None or self.is_used_up

    @property
    def is_used_up(self) -> bool:
        return self.limit is not None and self.used >= self.limit


@dataclass(frozen=True, slots=True)
class Ticket:
    """A question's case, as staff and the program see it."""

    ticket_id: int
    token: str
    member_id: int
    state: TicketState
    version: int
    assignee_id: int | None
    claimed_at: datetime | None
    tier_code: str
    target: timedelta | None
    topic: str | None
    market: str | None
    summary: str
    origin: Origin
    group_chat_id: int | None
    group_message_id: int | None
    opened_at: datetime
    opened_by: int
    read_at: datetime | None  # when a mentor looked at all of it first, or took it
    answered_at: datetime | None  # the first answer
    resolved_at: datetime | None
    due_at: datetime | None
    promised_at: datetime | None
    waiting_since: datetime | None
    parent_id: int | None
    merged_into_id: int | None
    escalation: int
    is_hard: bool
    is_shared: bool
    is_unreachable: bool
    needs_review: bool
    snoozed_until: datetime | None
    urgent_at: datetime | None
    resolve_at: datetime | None
    close_at: datetime | None
    desk_chat_id: int | None
    forum_topic_id: int | None
    entries_read: tuple[int, ...]

    @property
    def is_urgent(self) -> bool:
        """Say whether it is to be answered outside working hours too: only the first answer is."""
        return self.urgent_at is not None and self.answered_at is None


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a draft or a ticket, where it was said."""

    ticket_message_id: int
    ticket_id: int | None
    draft_id: int | None
    kind: MessageKind
    author_id: int
    said: Said
    said_at: datetime
    version: int
    is_courtesy: bool
    edited_at: datetime | None
    recalled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Relay:
    """One message carried to one chat; arrived when Telegram gave it an id there."""

    relay_id: int
    ticket_message_id: int
    ticket_id: int
    kind: MessageKind
    audience: Audience
    chat_id: int
    message_id: int | None
    promised_at: datetime
    arrived_at: datetime | None
    failed_for: str | None


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of a ticket's course of events; `actor_id` None is the program."""

    event_id: int
    ticket_id: int
    at: datetime
    happening: Happening
    actor_id: int | None
    from_state: TicketState | None
    to_state: TicketState | None
    reason: str | None
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Opened:
    """A draft became a ticket."""

    ticket: Ticket
    ahead: int  # how many are to be answered before it
    allowance: Allowance


@dataclass(frozen=True, slots=True)
class Over:
    """The month's questions are used up: the draft is kept as it is."""

    draft: Draft
    allowance: Allowance


@dataclass(frozen=True, slots=True)
class Placed:
    """What a member wrote belongs to this ticket."""

    ticket: Ticket
    is_courtesy: bool = False
    is_reopened: bool = False


@dataclass(frozen=True, slots=True)
class Unclear:
    """What a member wrote may belong to several tickets, or to none: the member says which.

    It is kept until then; `is_first` False is more of what was asked about already.
    """

    chat_id: int
    message_id: int
    choices: tuple[Ticket, ...]
    is_first: bool


@dataclass(frozen=True, slots=True)
class Ended:
    """What a member wrote is about a closed ticket: a new question may follow it."""

    ticket: Ticket


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of a message of staff: public went to the member, a note stayed inside.

    `is_note` says that it was meant to; `is_more` that it is a further part of an album.
    """

    ticket: Ticket
    ticket_message_id: int
    kind: MessageKind
    may_assist: bool = False
    is_note: bool = False
    is_more: bool = False


@dataclass(frozen=True, slots=True)
class Recalled:
    """A message was taken back; `was_deleted` False: it was too old and was crossed out."""

    ticket_id: int
    was_deleted: bool


@dataclass(frozen=True, slots=True)
class Rating:
    """What a member said of the answer."""

    ticket_id: int
    member_id: int
    mentor_id: int | None
    verdict: Verdict
    reason: Grievance | None
    words: str | None
    rated_at: datetime
