"""What people ask of a bot without writing: presses on buttons and inline queries."""

from community_bot.sandbox import wire
from community_bot.sandbox.dealings import CallbackQuery, InlineQuery
from community_bot.sandbox.facts import Bot, Chat, Json, Message, Person
from community_bot.sandbox.writing import Writing


class Asking(Writing):
    """Presses and inline queries; the bot's answers appear in the facts returned."""

    def press(
        self, person: Person, chat: Chat | int, message_id: int, button: str
    ) -> CallbackQuery:
        """Press an inline button, named by what it says or by its callback data."""
        message = self.message(self._place(person, chat), message_id)
        found = find_button(message, button)
        bot = message.sender
        if not isinstance(bot, Bot) or "callback_data" not in found:
            raise LookupError(f"nothing to press: {button}")
        query = CallbackQuery(
            id=str(4_000_000_000_000_000 + self.number()),
            bot=bot,
            person=person,
            message=message,
            data=found["callback_data"],
            asked_at=self.clock.now(),
        )
        self.callback_queries[query.id] = query
        bot.mailbox.put("callback_query", wire.callback_query(query))
        self.changed("press", query)
        return query

    def inline_query(
        self, person: Person, text: str, offset: str = "", bot: Bot | None = None
    ) -> InlineQuery:
        """Type @bot and something; the results appear in the fact returned."""
        query = InlineQuery(
            id=str(8_000_000_000_000_000 + self.number()),
            bot=bot or self.bot,
            person=person,
            text=text,
            offset=offset,
            asked_at=self.clock.now(),
        )
        self.inline_queries[query.id] = query
        said = {"id": query.id, "from": person.wire(), "query": text, "offset": offset}
        query.bot.mailbox.put("inline_query", said)
        self.changed("inline_query", query)
        return query

    def choose(self, query: InlineQuery, result_id: str, chat: Chat | int) -> Message:
        """Send one of the results of an inline query to a chat."""
        result = next(each for each in query.results or [] if each["id"] == result_id)
        content: Json = result.get("input_message_content") or {}
        said = {"text": content.get("message_text", result.get("title", ""))}
        if content.get("entities"):
            said["entities"] = content["entities"]
        return self._say(query.person, chat, said, extra={"via_bot": query.bot.wire()})


def find_button(message: Message, button: str) -> Json:
    """Find a button by what it says or by its callback data."""
    for row in message.buttons:
        for each in row:
            if button in {each.get("text"), each.get("callback_data")}:
                return each
    raise LookupError(f"no button {button!r} under message {message.message_id}")
