"""Words about what is known of somebody, and what they can do about it."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from community_bot.people.notices import DataErased, DeletionAsked, DeletionDeclined
from community_bot.people.privacy import Wish
from handlers.texts.figures import day
from handlers.texts.words import GAP, Html, Words, bold, code, lines

MOST = 30  # wishes on one screen


def privacy(_: Words, *, contact: str) -> Html:
    """Say what is kept, for what, and who reads it."""
    return lines(
        bold(_("🔒 What we know about you")),
        "",
        _("· Your Telegram name, @username, number and language"),
        _("· Your memberships, orders, payments, refunds and the proofs you sent"),
        _("· What you asked and answered here, and which of our groups you are in"),
        _("· A journal of who changed your membership, when and why"),
        "",
        _("The staff of this community read it, and nobody else. Nothing of it is sold."),
        _("You can have it as a file, and you can ask for it to be deleted."),
        _("A person answers too: {contact}", contact=contact) if contact else None,
    )


def deletion_sure(_: Words) -> Html:
    return lines(
        bold(_("Ask for your data to be deleted?")),
        _("The owner of the community is asked to delete what is known of you."),
        _("Your membership ends with it, without a refund of its own: ask for that first."),
        _("Orders and payments must be kept for accounting, as the law says; they are kept apart."),
    )


def deletion_sent(_: Words) -> Html:
    return _(
        "✅ Your wish has been sent to the owner, and is kept. "
        "You are answered here within a month."
    )


def export_caption(_: Words) -> Html:
    return _(
        "Here is all that we know about you: a text to read, and everything as JSON for a program."
    )


def deletion_asked(_: Words, told: DeletionAsked, zone: ZoneInfo) -> Html:
    return lines(
        bold(_("🔒 Somebody wants their data deleted")),
        _("{name} ({number})", name=told.member_name, number=code(told.member_id)),
        _("Orders and payments stay for accounting, under a number instead of the name."),
        _("Please decide by {day}.", day=bold(day(told.due_at, zone, _.locale)))
        if told.due_at
        else None,
    )


def deletion_declined(_: Words, told: DeletionDeclined, _zone: ZoneInfo) -> Html:
    return lines(
        bold(_("🔒 Your data has not been deleted")),
        _("Reason: {reason}", reason=told.reason),
        _("You can ask again under /privacy."),
    )


def data_erased(_: Words, told: DataErased, _zone: ZoneInfo) -> Html:
    return lines(
        bold(_("🔒 What we knew about you is deleted")),
        _("Only orders and payments are kept for accounting, under a number instead of your name."),
        _("This is our last message, unless you write to us again."),
        _("A person answers too: {contact}", contact=told.contact) if told.contact else None,
    )


def wishes(_: Words, found: Sequence[Wish], zone: ZoneInfo) -> Html:
    if not found:
        return _("✅ Nobody waits to be forgotten.")
    shown = [
        _(
            "· {name}: by {day}",
            name=one.name,
            day=day(one.erasure.due_at, zone, _.locale),
        )
        for one in found[:MOST]
    ]
    return lines(bold(_("🔒 Wishes to be forgotten: {n}", n=len(found))), *shown)


def wish(_: Words, of: Wish, zone: ZoneInfo) -> Html:
    reasons = {
        "money_open": _("· money of theirs is still to be decided about: orders, refunds"),
        "question_open": _("· a question of theirs is still open"),
        "staff": _("· they belong to the staff: take their roles back first"),
    }
    return lines(
        bold(_("🔒 {name} wants to be forgotten", name=of.name)),
        _("Account: {number}", number=code(of.erasure.member_id)),
        _("To be decided by {day}.", day=bold(day(of.erasure.due_at, zone, _.locale))),
        GAP,
        *(
            [
                _("To be settled first:"),
                *[reasons.get(word, _("· something of theirs is open")) for word in of.blocked],
            ]
            if of.blocked
            else [
                _("Their membership ends, they leave every group, and what they wrote is deleted."),
                _("Orders, payments and the journal stay, under a number instead of the name."),
            ]
        ),
    )


def erase_sure(_: Words, name: str) -> Html:
    return lines(
        bold(_("Delete everything about {name}?", name=name)),
        _("It cannot be taken back, and no money goes back by it."),
    )


def erased(_: Words) -> Html:
    return _("✅ Deleted. They have been told.")


def decline_wanted(_: Words, name: str) -> Html:
    return _("Why is the data of {name} not deleted? They read what you type.", name=bold(name))


def declined(_: Words) -> Html:
    return _("Noted. They have been told why.")
