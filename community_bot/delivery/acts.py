"""Acts on the messenger that must not be lost, each harmless when done twice."""

from dataclasses import dataclass

from community_bot.delivery.contents import act


@act("approve_join")
@dataclass(frozen=True, slots=True)
class ApproveJoin:
    """Let a person who asked to join into a space."""

    chat_id: int
    member_id: int


@act("decline_join")
@dataclass(frozen=True, slots=True)
class DeclineJoin:
    """Turn down a person who asked to join a space."""

    chat_id: int
    member_id: int


@act("remove")
@dataclass(frozen=True, slots=True)
class Remove:
    """Take a person out of a space; they can come back through its door."""

    chat_id: int
    member_id: int


@act("mute", is_slight=True)
@dataclass(frozen=True, slots=True)
class Mute:
    """Let a person in grace read but not write."""

    chat_id: int
    member_id: int


@act("unmute", is_slight=True)
@dataclass(frozen=True, slots=True)
class Unmute:
    """Give a person the space's usual rights again."""

    chat_id: int
    member_id: int


@act("tag", is_slight=True)
@dataclass(frozen=True, slots=True)
class Tag:
    """Show a member's tier beside their name; an empty tag takes it away."""

    chat_id: int
    member_id: int
    tag: str


@act("tag_role", is_slight=True)
@dataclass(frozen=True, slots=True)
class TagRole:
    """Show beside somebody's name that they are an admin or a mentor."""

    chat_id: int
    member_id: int
    role: str


@act("end_subscription")
@dataclass(frozen=True, slots=True)
class EndSubscription:
    """Let Telegram charge somebody no more: no chat has to be open for it."""

    chat_id: int
    member_id: int
    order_id: int
    charge_id: str


@act("show_menu")
@dataclass(frozen=True, slots=True)
class ShowMenu:
    """Show a person the commands of their roles in their language."""

    chat_id: int
    locale: str
    roles: tuple[str, ...]
