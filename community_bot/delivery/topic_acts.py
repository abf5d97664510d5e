"""Acts on the topics of a forum, each harmless when done twice but for the opening."""

from dataclasses import dataclass

from community_bot.delivery.contents import act


@act("open_topic", is_paced=True)
@dataclass(frozen=True, slots=True)
class OpenTopic:
    """Make a topic; the receipt has its id. `about` is for the room that wants it."""

    chat_id: int
    name: str
    about: str


@act("close_topic", is_paced=True)
@dataclass(frozen=True, slots=True)
class CloseTopic:
    """Let nobody but admins write in a topic."""

    chat_id: int
    topic_id: int


@act("reopen_topic", is_paced=True)
@dataclass(frozen=True, slots=True)
class ReopenTopic:
    """Let everybody write in a topic again."""

    chat_id: int
    topic_id: int


@act("edit_topic", is_paced=True)
@dataclass(frozen=True, slots=True)
class EditTopic:
    """Give a topic another name."""

    chat_id: int
    topic_id: int
    name: str
