"""Words about what is known of somebody, and what they can do about it."""

from zoneinfo import ZoneInfo

from community_bot.people.notices import DeletionAsked
from handlers.texts.words import Html, Words, bold, code, lines


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
    return _("✅ Your wish has been sent to the owner, and is kept. You are answered here.")


def export_caption(_: Words) -> Html:
    return _("Here is what we know about you, as a file (JSON).")


def deletion_asked(_: Words, told: DeletionAsked, _zone: ZoneInfo) -> Html:
    return lines(
        bold(_("🔒 Somebody wants their data deleted")),
        _("{name} ({number})", name=told.member_name, number=code(told.member_id)),
        _("Orders and payments stay for accounting. Please answer them within a month."),
    )
