"""What the local Telegram consists of: people, bots, chats, messages and what they carry."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeAlias

from community_bot.sandbox.mailbox import Mailbox

Json: TypeAlias = dict[str, Any]
GENERAL = 1  # the thread id of the topic that every forum has


@dataclass(slots=True, eq=False)
class Person:
    """Somebody with a Telegram account."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    is_premium: bool = False
    is_deactivated: bool = False
    has_private_forwards: bool = False
    stars: int = 1_000_000
    blocked: set[int] = field(default_factory=set)

    def wire(self) -> Json:
        return {
            "id": self.id,
            "is_bot": False,
            "first_name": self.first_name,
            **({"last_name": self.last_name} if self.last_name else {}),
            **({"username": self.username} if self.username else {}),
            **({"language_code": self.language_code} if self.language_code else {}),
            **({"is_premium": True} if self.is_premium else {}),
        }


@dataclass(slots=True, eq=False)
class Bot:
    """A bot with its settings, its purse and its mailbox of updates."""

    id: int
    token: str
    username: str
    name: str
    can_join_groups: bool = True
    can_read_all_group_messages: bool = False
    supports_inline_queries: bool = True
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    menu_buttons: dict[int | None, Json] = field(default_factory=dict)
    default_rights: dict[str, Json] = field(default_factory=dict)
    stars: int = 0
    mailbox: Mailbox = field(default_factory=Mailbox)

    def wire(self) -> Json:
        return {
            "id": self.id,
            "is_bot": True,
            "first_name": self.name,
            "username": self.username,
        }


@dataclass(slots=True, eq=False)
class Membership:
    """How somebody stands in a chat; `status` is in the words of the Bot API."""

    who: Person | Bot
    status: str
    rights: Json = field(default_factory=dict)
    permissions: Json = field(default_factory=dict)
    until: int = 0
    custom_title: str | None = None
    tag: str | None = None
    by_bot: int | None = None
    is_member: bool = True

    @property
    def is_present(self) -> bool:
        if self.status == "restricted":
            return self.is_member
        return self.status in {"creator", "administrator", "member"}

    @property
    def is_admin(self) -> bool:
        return self.status in {"creator", "administrator"}


@dataclass(slots=True, eq=False)
class Topic:
    """A topic of a forum."""

    topic_id: int
    name: str
    icon_color: int = 0x6FB9F0
    icon_custom_emoji_id: str | None = None
    is_closed: bool = False
    is_hidden: bool = False
    is_deleted: bool = False


@dataclass(slots=True, eq=False)
class InviteLink:
    """A link into a chat, made by a bot or a person."""

    chat: "Chat"
    url: str
    creator: Person | Bot
    name: str | None = None
    expire_date: int | None = None
    member_limit: int | None = None
    creates_join_request: bool = False
    is_primary: bool = False
    is_revoked: bool = False
    joined: set[int] = field(default_factory=set)


@dataclass(slots=True, eq=False)
class JoinRequest:
    """A person's wish to join; `state` is pending, approved, declined or withdrawn."""

    chat: "Chat"
    person: Person
    link: InviteLink | None
    date: int
    state: str = "pending"


@dataclass(slots=True, eq=False)
class Chat:
    """A private chat (of one person with one bot), group, supergroup or channel."""

    id: int
    type: str
    title: str | None = None
    username: str | None = None
    is_forum: bool = False
    person: Person | None = None
    bot: Bot | None = None
    description: str = ""
    has_protected_content: bool = False
    linked: "Chat | None" = None  # the discussion group of a channel, or the channel of a group
    is_public_request: bool = False
    permissions: Json = field(default_factory=dict)
    members: dict[int, Membership] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: dict[int, "Message"] = field(default_factory=dict)
    links: dict[str, InviteLink] = field(default_factory=dict)
    requests: dict[int, JoinRequest] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    reactions: set[str] | None = None
    last_message_id: int = 0
    migrated_to: "Chat | None" = None
    is_deleted: bool = False
    wire: Json = field(default_factory=dict)

    @property
    def is_private(self) -> bool:
        return self.type == "private"

    @property
    def is_channel(self) -> bool:
        return self.type == "channel"

    @property
    def is_group(self) -> bool:
        return self.type in {"group", "supergroup"}


@dataclass(slots=True, eq=False)
class Message:
    """A message; `content` is what it carries, in the words of the Bot API."""

    chat: Chat
    message_id: int
    date: int
    sender: Person | Bot | None
    content: Json
    topic: int | None = None
    reply_to: "Message | None" = None
    reply_markup: Json | None = None
    edit_date: int | None = None
    deleted: bool = False
    protect_content: bool = False
    extra: Json = field(default_factory=dict)
    reactions: dict[int, list[Json]] = field(default_factory=dict)
    invoice: "Invoice | None" = None

    @property
    def sent_at(self) -> datetime:
        return datetime.fromtimestamp(self.date, UTC)

    @property
    def text(self) -> str:
        """The text or the caption."""
        return str(self.content.get("text") or self.content.get("caption") or "")

    @property
    def entities(self) -> list[Json]:
        found: list[Json] = (
            self.content.get("entities") or self.content.get("caption_entities") or []
        )
        return found

    @property
    def kind(self) -> str:
        """What it is: text, photo, document, ..., or the name of a service message."""
        return next((key for key in self.content if key not in _BESIDE), "empty")

    @property
    def media(self) -> Json | None:
        """The file it carries; of a photo the largest size."""
        found = self.content.get(self.kind)
        if self.kind == "photo" and isinstance(found, list):
            largest: Json = found[-1]
            return largest
        return found if isinstance(found, dict) and "file_id" in found else None

    @property
    def is_protected(self) -> bool:
        """Whether it may be neither copied nor forwarded."""
        return self.protect_content or self.chat.has_protected_content

    @property
    def media_group_id(self) -> str | None:
        return self.extra.get("media_group_id")

    @property
    def buttons(self) -> list[list[Json]]:
        """The rows of the inline or the reply keyboard."""
        markup = self.reply_markup or {}
        rows: list[list[Json]] = markup.get("inline_keyboard") or markup.get("keyboard") or []
        return rows


_BESIDE = frozenset(
    {"entities", "caption", "caption_entities", "has_media_spoiler", "show_caption_above_media"}
    | {"link_preview_options"}
)


@dataclass(slots=True, eq=False)
class Invoice:
    """What a bot asks to be paid for."""

    bot: Bot
    title: str
    payload: str
    currency: str
    total: int
    url: str = ""
    subscription_period: int | None = None
    is_paid: bool = False
