"""What a bot wants to say, made into a text with entities within Telegram's bounds."""

from typing import Any

from community_bot.sandbox.entities import found_in, utf16_length
from community_bot.sandbox.facts import Json
from community_bot.sandbox.ground import Ground
from community_bot.sandbox.markup_html import HtmlReader, cannot_parse
from community_bot.sandbox.markup_markdown import MarkdownReader
from community_bot.sandbox.parameters import Parameters
from community_bot.sandbox.refusals import bad

LONGEST_TEXT, LONGEST_CAPTION = 4096, 1024  # Bot API, sendMessage and sendPhoto: after parsing
_WRITTEN = frozenset(
    {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bold"}
    | {"italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote"}
    | {"code", "pre", "text_link", "text_mention", "custom_emoji", "date_time"}
)
_ALONE = frozenset({"code", "pre"})
_FOUND = frozenset({"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"})


def text_of(world: Ground, said: Parameters) -> Json:
    """Read the text of a message."""
    text = said.text("text")
    if not text:
        raise bad("message text is empty")
    plain, entities = formatted(world, text, said, "entities")
    if not plain:
        raise bad("text must be non-empty")
    if utf16_length(plain) > LONGEST_TEXT:
        raise bad("message is too long")
    return {"text": plain, "entities": entities} if entities else {"text": plain}


def caption_of(world: Ground, said: Parameters) -> Json:
    """Read the caption under a file."""
    text = said.text("caption")
    if not text:
        return {}
    plain, entities = formatted(world, text, said, "caption_entities")
    if utf16_length(plain) > LONGEST_CAPTION:
        raise bad("message caption is too long")
    if not plain:
        return {}
    return {"caption": plain, "caption_entities": entities} if entities else {"caption": plain}


def formatted(
    world: Ground, text: str, said: Parameters, entities_name: str
) -> tuple[str, list[Json]]:
    """Return the plain text and its entities, those found by themselves included."""
    mode = said.text("parse_mode").lower()
    if mode == "html":
        plain, entities = _html(text)
    elif mode == "markdownv2":
        plain, entities = MarkdownReader(text).read()
    elif mode == "markdown":
        raise cannot_parse("legacy Markdown is not spoken here")
    elif mode not in {"", "none"}:
        raise bad("unsupported parse_mode")
    else:
        plain, entities = text, _given(text, said.json(entities_name))
    return _settled(world, plain, entities)


def _html(text: str) -> tuple[str, list[Json]]:
    if "<" not in text and "&" not in text:
        return text, []
    return HtmlReader(text).read()


def _given(text: str, entities: Any) -> list[Json]:  # noqa: ANN401  JSON
    """Check the entities that the bot gives itself; offsets count UTF-16 units."""
    if not isinstance(entities, list | None):
        raise bad("can't parse entities: expected an Array of MessageEntity")
    length, checked = utf16_length(text), []
    for entity in entities or []:
        if not isinstance(entity, dict) or entity.get("type") not in _WRITTEN:
            raise bad("can't parse MessageEntity: Unsupported type specified")
        _check_span(entity.get("offset", -1), entity.get("length", -1), length)
        if entity["length"] and entity["type"] not in _FOUND:
            checked.append(dict(entity))
    return checked


def _check_span(offset: Any, size: Any, length: int) -> None:  # noqa: ANN401  JSON
    if not isinstance(offset, int) or not isinstance(size, int):
        raise bad('can\'t parse MessageEntity: field "offset" must be of type Number')
    if offset < 0:
        raise bad(f"receive an entity with incorrect offset {offset}")
    if size < 0:
        raise bad(f"receive an entity with incorrect length {size}")
    if offset > length:
        raise bad(f"entity begins after the end of the text at UTF-16 offset {offset}")
    if offset + size > length:
        raise bad(
            f"entity beginning at UTF-16 offset {offset} ends after the end of the text "
            f"at UTF-16 offset {offset + size}"
        )


def _settled(world: Ground, plain: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Cut the spaces around, put the entities in order and add those found in the text."""
    stripped = plain.rstrip()
    head = len(stripped) - len(stripped.lstrip()) if stripped else 0
    text = stripped[head:]
    found = found_in(text)
    if not entities:
        return text, found
    entities = [_cut(entity, head, utf16_length(text)) for entity in entities]
    kept = _without_nested([entity for entity in entities if entity["length"] > 0])
    blocking = [each for each in kept if each["type"] in _ALONE | {"text_link", "text_mention"}]
    kept += [each for each in found if not any(_meet(each, other) for other in blocking)]
    kept.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    named = [_with_user(world, entity) for entity in kept]
    return text, [entity for entity in named if entity is not None]


def _cut(entity: Json, head: int, length: int) -> Json:
    start = max(entity["offset"] - head, 0)
    end = min(entity["offset"] + entity["length"] - head, length)
    return entity | {"offset": start, "length": max(0, end - start)}


def _without_nested(entities: list[Json]) -> list[Json]:
    """Nothing stands inside of code, and code stands inside of nothing but quotations."""
    alone = [entity for entity in entities if entity["type"] in _ALONE]
    kept = []
    for entity in entities:
        is_quote = entity["type"] in {"blockquote", "expandable_blockquote"}
        if entity["type"] == "code":
            entity.pop("language", None)
        if entity in alone or is_quote or not any(_meet(entity, other) for other in alone):
            kept.append(entity)
    return kept


def _meet(one: Json, other: Json) -> bool:
    return bool(
        one["offset"] < other["offset"] + other["length"]
        and other["offset"] < one["offset"] + one["length"]
    )


def _with_user(world: Ground, entity: Json) -> Json | None:
    """Name the person of a mention; nobody is mentioned whom Telegram does not know."""
    if entity["type"] != "text_mention" or "user_id" not in entity:
        return entity
    person = world.people.get(entity["user_id"])
    if person is None:
        return None
    rest = {key: value for key, value in entity.items() if key != "user_id"}
    return {**rest, "user": person.wire()}
