"""Several messages as one content: their words under each other, their files in a row."""

from collections.abc import Mapping
from typing import Any

from community_bot.resources.content_rules import Content, units

BETWEEN = "\n\n"


def joined(before: Content, more: Content) -> Content:
    """Return both as one; formatting of the second moves to where its words are now."""
    if not before.text or not more.text:
        text, moved = before.text + more.text, 0
    else:
        text, moved = before.text + BETWEEN + more.text, units(before.text + BETWEEN)
    return Content(
        text=text,
        entities=(*before.entities, *(_moved(entity, moved) for entity in more.entities)),
        media=(*before.media, *more.media),
        buttons=(*before.buttons, *more.buttons),
    )


def _moved(entity: Mapping[str, Any], by: int) -> dict[str, Any]:
    return {**entity, "offset": entity["offset"] + by}
