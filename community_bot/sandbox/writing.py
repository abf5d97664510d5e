"""What people write, show, change and take back."""

from typing import TypedDict, Unpack

from community_bot.sandbox.entities import found_in
from community_bot.sandbox.facts import GENERAL, Chat, Json, Message, Person
from community_bot.sandbox.files import STICKER
from community_bot.sandbox.posting import Posting
from community_bot.sandbox.refusals import bad


class Where(TypedDict, total=False):
    """Where in a chat something is said."""

    topic: int | None
    reply_to: Message | None
    extra: Json


class Writing(Posting):
    """People's messages; what a bot sends comes through the API."""

    def send_text(
        self,
        person: Person,
        chat: Chat | int,
        text: str,
        *,
        topic: int | None = None,
        reply_to: Message | None = None,
        entities: list[Json] | None = None,
    ) -> Message:
        """Write something; commands, mentions and links are found as Telegram's apps find them."""
        return self._say(person, chat, _text(text, entities), topic=topic, reply_to=reply_to)

    def send_photo(
        self,
        person: Person,
        chat: Chat | int,
        data: bytes,
        caption: str = "",
        **where: Unpack[Where],
    ) -> Message:
        stored = self.files.keep(data, "photo")
        return self._show(person, chat, {"photo": stored.wire}, caption, **where)

    def send_document(
        self,
        person: Person,
        chat: Chat | int,
        data: bytes,
        caption: str = "",
        *,
        name: str = "file.pdf",
        mime_type: str = "application/pdf",
        **where: Unpack[Where],
    ) -> Message:
        stored = self.files.keep(data, "document", name=name, mime_type=mime_type)
        return self._show(person, chat, {"document": stored.wire}, caption, **where)

    def send_voice(
        self,
        person: Person,
        chat: Chat | int,
        data: bytes,
        caption: str = "",
        *,
        duration: int = 3,
        **where: Unpack[Where],
    ) -> Message:
        stored = self.files.keep(data, "voice", {"duration": duration}, mime_type="audio/ogg")
        return self._show(person, chat, {"voice": stored.wire}, caption, **where)

    def send_video(
        self,
        person: Person,
        chat: Chat | int,
        data: bytes,
        caption: str = "",
        *,
        duration: int = 5,
        **where: Unpack[Where],
    ) -> Message:
        facts = {"width": 640, "height": 360, "duration": duration}
        stored = self.files.keep(data, "video", facts, mime_type="video/mp4")
        return self._show(person, chat, {"video": stored.wire}, caption, **where)

    def send_sticker(
        self,
        person: Person,
        chat: Chat | int,
        data: bytes,
        *,
        emoji: str = "👍",
        **where: Unpack[Where],
    ) -> Message:
        stored = self.files.keep(data, "sticker", {**STICKER, "emoji": emoji})
        return self._show(person, chat, {"sticker": stored.wire}, **where)

    def send_location(
        self,
        person: Person,
        chat: Chat | int,
        latitude: float,
        longitude: float,
        **where: Unpack[Where],
    ) -> Message:
        place = {"latitude": latitude, "longitude": longitude}
        return self._show(person, chat, {"location": place}, **where)

    def send_contact(
        self,
        person: Person,
        chat: Chat | int,
        phone_number: str,
        first_name: str,
        **where: Unpack[Where],
    ) -> Message:
        contact = {"phone_number": phone_number, "first_name": first_name}
        return self._show(person, chat, {"contact": contact}, **where)

    def send_album(
        self,
        person: Person,
        chat: Chat | int,
        items: list[tuple[str, bytes]],
        caption: str = "",
        **where: Unpack[Where],
    ) -> list[Message]:
        """Send several photos, videos or documents as one album; each part is a message."""
        group = str(13_000_000_000_000_000 + self.number())
        inside: Where = {**where, "extra": {"media_group_id": group}}
        senders = {
            "photo": self.send_photo,
            "video": self.send_video,
            "document": self.send_document,
        }
        return [
            senders[kind](person, chat, data, "" if at else caption, **inside)
            for at, (kind, data) in enumerate(items)
        ]

    def edit_text(self, message: Message, text: str) -> None:
        """Change what one wrote; of a message with a file, the caption."""
        if "text" in message.content:
            self.amend(message, _text(text, None))
            return
        rest = {
            key: value
            for key, value in message.content.items()
            if key not in {"caption", "caption_entities"}
        }
        self.amend(message, rest | _caption(text))

    def forward(self, person: Person, message: Message, chat: Chat | int) -> Message:
        """Forward a message to another chat."""
        extra = {"forward_origin": origin_of(message)}
        return self._say(person, chat, dict(message.content), extra=extra)

    def delete_message(self, message: Message) -> None:
        """Take a message back; bots are not told."""
        self.withdraw(message)

    def react(self, person: Person, message: Message, emoji: str | None) -> None:
        """React to a message with an emoji, or with none."""
        before = message.reactions.get(person.id, [])
        after = [{"type": "emoji", "emoji": emoji}] if emoji else []
        message.reactions[person.id] = after
        update = {
            "chat": message.chat.wire,
            "message_id": message.message_id,
            "user": person.wire(),
            "date": self.timestamp(),
            "old_reaction": before,
            "new_reaction": after,
        }
        for bot in self.bots_in(message.chat):
            membership = message.chat.members.get(bot.id)
            if message.chat.is_private or (membership is not None and membership.is_admin):
                bot.mailbox.put("message_reaction", update)
        self.changed("reaction", message)

    def _show(
        self,
        person: Person,
        chat: Chat | int,
        content: Json,
        caption: str = "",
        **where: Unpack[Where],
    ) -> Message:
        return self._say(person, chat, content | _caption(caption), **where)

    def _say(
        self, person: Person, chat: Chat | int, content: Json, **where: Unpack[Where]
    ) -> Message:
        place = self._place(person, chat)
        check_may_write(person, place, where.get("topic"))
        reply_to = where.get("reply_to")
        if reply_to is not None and where.get("topic") is None:
            where["topic"] = reply_to.topic
        return self.post(place, person, content, **where)

    def _place(self, person: Person, chat: Chat | int) -> Chat:
        if isinstance(chat, int) and chat > 0:
            return self.private_chats[self.bot.id, person.id]
        return self.chat(chat)


def check_may_write(person: Person, chat: Chat, topic_id: int | None) -> None:
    """Refuse what Telegram's apps do not let a person do."""
    if chat.bot is not None:
        if chat.bot.id in person.blocked:
            raise bad("YOU_BLOCKED_USER")
        return
    standing = chat.members.get(person.id)
    if standing is None or not standing.is_present:
        raise bad("CHAT_WRITE_FORBIDDEN")
    if standing.is_admin:
        return
    topic = chat.topics.get(topic_id or GENERAL)
    if topic is not None and topic.is_closed:
        raise bad("TOPIC_CLOSED")
    given = standing.permissions if standing.status == "restricted" else chat.permissions
    if chat.is_channel or not given.get("can_send_messages"):
        raise bad("CHAT_WRITE_FORBIDDEN")


def origin_of(message: Message) -> Json:
    """Say where a forwarded message comes from; some people do not show themselves."""
    if "forward_origin" in message.extra:
        origin: Json = message.extra["forward_origin"]
        return origin
    if message.chat.is_channel:
        return {
            "type": "channel",
            "chat": message.chat.wire,
            "message_id": message.message_id,
            "date": message.date,
        }
    sender = message.sender
    if isinstance(sender, Person) and sender.has_private_forwards:
        name = " ".join(filter(None, (sender.first_name, sender.last_name)))
        return {"type": "hidden_user", "sender_user_name": name, "date": message.date}
    return {
        "type": "user",
        "sender_user": sender.wire() if sender else {},
        "date": message.date,
    }


def _text(text: str, entities: list[Json] | None) -> Json:
    found = entities if entities is not None else found_in(text)
    return {"text": text, "entities": found} if found else {"text": text}


def _caption(text: str) -> Json:
    if not text:
        return {}
    found = found_in(text)
    return {"caption": text, "caption_entities": found} if found else {"caption": text}
