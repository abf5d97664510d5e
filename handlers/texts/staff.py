"""Words for staff: trouble with deliveries, incidents, and the staff home."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from community_bot.delivery.notices import DeliveryTrouble, Incident
from community_bot.inbox.received import SetAside
from handlers.texts.words import Html, Words, bold, code, lines


def delivery_trouble(_: Words, trouble: DeliveryTrouble, _zone: ZoneInfo) -> Html:
    return lines(
        bold(
            _("⚠️ A message may not have arrived")
            if trouble.uncertain
            else _("❌ A message could not be sent")
        ),
        _(
            "No. {number} ({about}) to {chat}",
            number=trouble.delivery_id,
            about=trouble.about,
            chat=code(trouble.chat_id),
        ),
        _("Reason: {reason}", reason=trouble.reason),
        "",
        *_what_helps(_, trouble),
    )


def _what_helps(_: Words, trouble: DeliveryTrouble) -> list[Html]:
    """Say what helps, and what is left to decide."""
    said = []
    if trouble.lacks_right:
        said.append(_("Give the bot the right it lacks in that chat: it must be an admin there."))
    if trouble.may_go_again:
        said.append(_("Shall I send it again?"))
    else:
        said.append(_("You need not decide: if it is still needed, I try again by myself."))
    return said


def incident(_: Words, fault: Incident, _zone: ZoneInfo) -> Html:
    return lines(
        bold(_("🚨 Unexpected error")),
        _(
            "Number {code} ({what}). The log has the details.",
            code=code(fault.code),
            what=fault.what,
        ),
        *_advice(_, fault),
    )


def _advice(_: Words, fault: Incident) -> Iterator[str]:
    if fault.chore is not None:
        yield _("It happened in a chore of the bot's own: {chore}.", chore=code(fault.chore))
        yield _("It is tried again by itself; as long as it fails I tell you once a day.")
    if fault.update_id is not None:
        yield _(
            "What the person sent is set aside, not lost. When the cause is mended, "
            "try it again; they then get their answer."
        )
    if fault.is_last:
        yield _(
            "The same has happened several times within this hour. I tell you of no more of it "
            "for now; {command} on the server lists everything that is set aside.",
            command=code("community-bot updates list"),
        )


def tried_again(_: Words, found: SetAside) -> Html:
    return _("Number {code}: it is being tried again now.", code=code(found.incident or "–"))


def dismissed(_: Words, found: SetAside) -> Html:
    return _("Number {code}: I let it be.", code=code(found.incident or "–"))


def sent_again(_: Words) -> Html:
    return _("It goes out again now.")


def let_be(_: Words) -> Html:
    return _("I let it be.")
