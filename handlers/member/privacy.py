"""Somebody's own data: what is kept, all of it as a file, and the wish to have it deleted."""

import io
import json
import zipfile

from community_bot.billing.cards import exported
from handlers.context import Context, Inbound
from handlers.keyboards import privacy as keys
from handlers.replies import Screen, send_file, show
from handlers.routing import Area, on_command, on_link, on_press
from handlers.texts import members as member_texts
from handlers.texts import privacy as texts
from handlers.texts.errors import as_plain

FILE = "my-data.zip"


async def privacy(inbound: Inbound, context: Context) -> None:
    contact = context.community.config.community.contact
    text = texts.privacy(inbound.words, contact=contact)
    await show(inbound, context, Screen(text, keys.privacy(inbound.words)))


async def export(inbound: Inbound, context: Context) -> None:
    """Send everything that is known of the actor: to be read, and for a program."""
    community, own = context.community, inbound.actor.member_id
    card = await community.cards.of(inbound.actor, member_id=own)
    rows = await community.privacy.owned(inbound.actor)
    asked = await community.tickets.personal.of(own)
    zone = community.config.community.zone
    content = _zipped(
        {
            "read-me.txt": as_plain(member_texts.card(inbound.words, card, {}, zone)).encode(),
            "membership.json": exported(card),
            "questions.json": _as_json(asked),
            "everything.json": _as_json(rows),
        }
    )
    screen = Screen(texts.export_caption(inbound.words), keys.back(inbound.words))
    await send_file(inbound, context, content, name=FILE, screen=screen)


def _as_json(found: object) -> bytes:
    return json.dumps(found, ensure_ascii=False, indent=2).encode()


def _zipped(files: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return content.getvalue()


async def ask_deletion(inbound: Inbound, context: Context) -> None:
    """Say what deletion means, before it is asked for."""
    screen = Screen(texts.deletion_sure(inbound.words), keys.deletion_sure(inbound.words))
    await show(inbound, context, screen)


async def deletion(inbound: Inbound, context: Context) -> None:
    await context.community.privacy.ask_deletion(inbound.actor)
    screen = Screen(texts.deletion_sent(inbound.words), keys.back(inbound.words))
    await show(inbound, context, screen)


AREA: Area = (
    on_command("privacy", privacy),
    on_link("privacy", privacy),
    on_press("privacy", "show", privacy),
    on_press("privacy", "export", export),
    on_press("privacy", "delete", ask_deletion),
    on_press("privacy", "really", deletion),
)
