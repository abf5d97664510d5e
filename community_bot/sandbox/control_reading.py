"""What one person sees on their screen: chats, topics, messages, invitations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from community_bot.sandbox import wire
from community_bot.sandbox.control_input import Input
from community_bot.sandbox.control_rights import may_write
from community_bot.sandbox.facts import Bot, Chat, Json, Message, Person, Topic
from community_bot.sandbox.posting import SERVICE
from community_bot.sandbox.refusals import Refused
from community_bot.sandbox.world import World

MOST = 500  # messages in one answer


@dataclass(slots=True)
class Screens:
    """Everybody's screens, and how far each person has read."""

    world: World
    roles: Mapping[int, str]
    read_up_to: dict[tuple[int, int, int | None], int] = field(default_factory=dict)

    def people(self) -> Json:
        bot = self.world.bot
        return {
            "now": self.world.clock.now().timestamp(),
            "bot": {"id": bot.id, "username": bot.username, "first_name": bot.name},
            "people": [
                person.wire() | {"role": self._role(person), "unread": self._waiting(person)}
                for person in self.world.people.values()
                if not person.is_deactivated
            ],
        }

    def chats(self, given: Input) -> Json:
        person = given.person()
        entries = [self._entry(person, chat) for chat in self.world.chats_of(person)]
        if not any(entry["chat"]["type"] == "private" for entry in entries):
            entries.append(self._unopened(person))
        entries.sort(key=_newest_first)
        return {"chats": entries}

    def messages(self, given: Input) -> Json:
        person, count = given.person(), given.optional_number("count") or 60
        if given.number("chat") == person.id and not self._is_opened(person):
            return {"messages": [], "more": False}
        history = self.world.history(given.chat(), given.optional_number("thread"))
        shown = history[-max(1, min(count, MOST)) :]
        return {
            "messages": [message_seen(each, person) for each in shown],
            "more": len(shown) < len(history) and len(shown) < MOST,
        }

    def invite(self, given: Input) -> Json:
        person, link = given.person(), self.world.links.get(given.text("link"))
        if link is None or link.is_revoked:
            raise Refused(404, "link: it is not valid")
        state = "none"
        request = link.chat.requests.get(person.id)
        if self.world.membership(link.chat, person).is_present:
            state = "member"
        elif request is not None and request.state != "approved":
            state = request.state
        return {
            "chat": link.chat.wire,
            "members": _head_count(link.chat),
            "by_request": link.creates_join_request,
            "state": state,
        }

    def invoice(self, given: Input) -> Json:
        """Say what an invoice link asks for, in the words of a message's invoice."""
        found = self.world.invoices.get(given.text("link"))
        if found is None or found.is_paid:
            raise Refused(404, "link: it is not valid")
        return {
            "title": found.title,
            "description": "",
            "currency": found.currency,
            "total_amount": found.total,
        }

    def mark_read(self, person: Person, chat: Chat, topic: int | None) -> None:
        self.read_up_to[person.id, chat.id, topic] = chat.last_message_id

    def _role(self, person: Person) -> str:
        if person.id in self.roles:
            return self.roles[person.id]
        is_inside = any(not chat.is_private for chat in self.world.chats_of(person))
        return "member" if is_inside else "guest"

    def _waiting(self, person: Person) -> int:
        return sum(self._unread_in(person, chat) for chat in self.world.chats_of(person))

    def _unread_in(self, person: Person, chat: Chat) -> int:
        topics = list(chat.topics) if chat.is_forum else [None]
        return sum(self._unread(person, chat, topic) for topic in topics)

    def _unread(self, person: Person, chat: Chat, topic: int | None) -> int:
        mark = self.read_up_to.get((person.id, chat.id, topic), 0)
        if chat.last_message_id <= mark:
            return 0
        return sum(
            message.message_id > mark
            and message.sender is not person
            and message.kind not in SERVICE
            for message in self.world.history(chat, topic)
        )

    def _is_opened(self, person: Person) -> bool:
        return (self.world.bot.id, person.id) in self.world.private_chats

    def _unopened(self, person: Person) -> Json:
        private = {"id": person.id, "type": "private"}
        return _nothing_yet() | {
            "chat": private | self._named_after_bot(),
            "face": self.world.bot.id,
            "started": False,
            "description": self._description(person),
        }

    def _entry(self, person: Person, chat: Chat) -> Json:
        history = self.world.history(chat)
        standing = self.world.membership(chat, person)
        shown = [chat.messages[each] for each in chat.pinned if each in chat.messages]
        entry = _nothing_yet() | {
            "chat": chat.wire,
            "face": chat.id,
            "last": message_seen(history[-1], person) if history else None,
            "unread": self._unread_in(person, chat),
            "status": standing.status,
            "can_write": may_write(self.world, person, chat),
            "members": _head_count(chat),
            "pinned": [message_seen(each, person) for each in shown if not each.deleted],
            "commands": self._commands(person, chat),
            **_keyboard(history, person),
        }
        if chat.is_forum:
            entry["topics"] = self._topics(person, chat)
        if chat.is_private:
            entry["chat"] = chat.wire | self._named_after_bot()
            entry["face"] = self.world.bot.id
            entry["started"] = any(each.sender is person for each in history)
            entry["blocked"] = self.world.bot.id in person.blocked
            entry["description"] = self._description(person)
        return entry

    def _named_after_bot(self) -> Json:
        return {"title": self.world.bot.name, "username": self.world.bot.username}

    def _description(self, person: Person) -> str:
        texts = self.world.bot.texts
        language = (person.language_code or "").split("-")[0]
        return texts.get(("description", language)) or texts.get(("description", "")) or ""

    def _commands(self, person: Person, chat: Chat) -> list[Json]:
        if chat.is_channel or self.world.bot not in self.world.bots_in(chat):
            return []
        return self.world.menu_of(person, chat)

    def _topics(self, person: Person, chat: Chat) -> list[Json]:
        seen = [
            self._topic(person, chat, topic_id, topic)
            for topic_id, topic in chat.topics.items()
            if not topic.is_hidden
        ]
        return sorted(seen, key=_newest_first)

    def _topic(self, person: Person, chat: Chat, topic_id: int, topic: Topic) -> Json:
        history = self.world.history(chat, topic_id)
        return {
            "id": topic_id,
            "name": topic.name,
            "icon_color": topic.icon_color,
            "is_closed": topic.is_closed,
            "unread": self._unread(person, chat, topic_id),
            "last": message_seen(history[-1], person) if history else None,
        }


def message_seen(message: Message, person: Person) -> Json:
    """Say a message as the Bot API does, with the reactions as this person sees them."""
    seen = wire.message(message)
    found: dict[str, list[int]] = {}
    for who, reactions in message.reactions.items():
        for each in reactions:
            found.setdefault(each.get("emoji", "⭐️"), []).append(who)
    if found:
        seen["reactions"] = [
            {"emoji": emoji, "count": len(who), "mine": person.id in who}
            for emoji, who in found.items()
        ]
    return seen


def _nothing_yet() -> Json:
    return {
        "last": None,
        "unread": 0,
        "status": "member",
        "can_write": False,
        "members": 0,
        "pinned": [],
        "commands": [],
        "keyboard": None,
        "keyboard_of": None,
        "started": True,
        "blocked": False,
        "description": "",
    }


def _newest_first(entry: Json) -> tuple[int, int]:
    """Order by the last message; what has none yet, as an unopened bot, stands first."""
    last = entry["last"]
    return (-last["date"], -last["message_id"]) if last else (-(2**62), 0)


def _head_count(chat: Chat) -> int:
    return sum(each.is_present for each in chat.members.values())


def _keyboard(history: Sequence[Message], person: Person) -> Json:
    """Find the reply keyboard, or the wish for a reply, that this person has before them."""
    for message in reversed(history):
        markup = message.reply_markup or {}
        if not isinstance(message.sender, Bot) or not _is_for(markup, message, person):
            continue
        if "keyboard" in markup or _asks_for_reply(markup, message, history):
            return {"keyboard": markup, "keyboard_of": message.message_id}
        if "remove_keyboard" in markup or "force_reply" in markup:
            break
    return {"keyboard": None, "keyboard_of": None}


def _asks_for_reply(markup: Json, message: Message, history: Sequence[Message]) -> bool:
    """Say whether the wish for a reply still stands: anything that follows ends it."""
    return "force_reply" in markup and history[-1] is message


def _is_for(markup: Json, message: Message, person: Person) -> bool:
    if "inline_keyboard" in markup or not markup:
        return False
    if not markup.get("selective"):
        return True
    is_answer = message.reply_to is not None and message.reply_to.sender is person
    return is_answer or bool(person.username and f"@{person.username}" in message.text)
