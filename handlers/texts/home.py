"""Words of the first screen, help and settings."""

from zoneinfo import ZoneInfo

from community_bot.billing import terms_rules
from community_bot.billing.terms_queries import Acceptance
from community_bot.membership.facts import Standing
from handlers.texts.figures import moment
from handlers.texts.mine import standing
from handlers.texts.words import GAP, Html, Words, bold, code, lines

LANGUAGES = {"zh_CN": "简体中文", "en": "English"}


def welcome(_: Words, *, community: str, name: str) -> Html:
    return lines(
        _("👋 Hello {name}, this is {community}.", name=name, community=bold(community)),
        "",
        _(
            "A paid community for cross-border sellers: mentors who answer by a time we promise, "
            "updates that arrive, and a refund rule you read before you pay."
        ),
        "",
        _("What would you like to do?"),
    )


def member_home(_: Words, of: Standing, zone: ZoneInfo, *, community: str, name: str) -> Html:
    """Greet somebody who has or had a membership with what they have, and until when."""
    return lines(
        _("👋 Welcome back to {community}, {name}.", community=bold(community), name=name),
        "",
        *standing(_, of, zone),
    )


def staff_home(_: Words, *, community: str) -> Html:
    return lines(_("🛠 Staff of {community}", community=bold(community)))


def help_(_: Words, *, commands: list[tuple[str, str]], contact: str) -> Html:
    return lines(
        bold(_("What I can do for you")),
        "",
        *[_("/{command} · {what}", command=command, what=what) for command, what in commands],
        "",
        _("A person answers too: {contact}", contact=contact) if contact else None,
    )


def settings(_: Words) -> Html:
    return lines(bold(_("Settings")), "", _("In which language shall I write to you?"))


def language_chosen(_: Words) -> str:
    return _.plain("From now on I write to you in this language.")


def open_in_private(_: Words) -> Html:
    return _("That works in our private chat only. Tap the button below.")


def terms(
    _: Words, accepted: Acceptance | None, zone: ZoneInfo, *, community: str, contact: str
) -> Html:
    return lines(
        bold(_("Terms of {community}", community=community)),
        _("Version {version}", version=terms_rules.CURRENT),
        GAP,
        *rules(_),
        GAP,
        _accepted(_, accepted, zone) if accepted is not None else None,
        _("Questions about these terms: {contact}", contact=contact) if contact else None,
    )


def _accepted(_: Words, of: Acceptance, zone: ZoneInfo) -> Html:
    return _(
        "You agreed to version {version} on {moment}, with order {code}.",
        version=of.version,
        moment=moment(of.accepted_at, zone, _.locale),
        code=code(of.order_code),
    )


def rules(_: Words) -> list[Html]:
    """Return what both sides agree to; other words are another version."""
    return [
        _(
            "1. Before you pay you are shown what you buy, for how long, for how much, "
            "and how much of it is given back until when. That text stays with your order."
        ),
        _(
            "2. Your membership begins as soon as your payment is confirmed (a person confirms "
            "transfers), and lasts to the end of its last day. It is renewed by itself only where "
            "you have chosen a plan that goes on in Telegram Stars, until you stop it under /me."
        ),
        _("3. You can ask for a refund from the order itself, with /refund."),
        _("4. What is posted for members is for members: please do not pass it on."),
        _("5. What we know about you is under /privacy, and you can have it deleted."),
    ]


def paysupport(_: Words, *, contact: str) -> Html:
    return lines(
        bold(_("Help with payments")),
        "",
        _("Your orders, with the state of each payment, are under /me."),
        _("Paid and nothing happened? Open the order and send the proof again: nothing is lost."),
        _("To give something back, use /refund."),
        "",
        _("To speak with a person: {contact}", contact=contact) if contact else None,
        _("Telegram's own support cannot help with purchases made here."),
    )


def lost(_: Words) -> Html:
    return _("I did not understand that. Here is what I can do:")
