"""Words about being let in, and about memberships that staff give, end and move."""

from zoneinfo import ZoneInfo

from community_bot.membership.admission_notices import (
    ApplicationDecided,
    ApplicationWaiting,
    MembershipEnded,
    MembershipGranted,
    MembershipMoved,
)
from handlers.texts.figures import day
from handlers.texts.joining import named
from handlers.texts.words import Html, Words, bold, code, lines


def application_waiting(_: Words, told: ApplicationWaiting, _zone: ZoneInfo) -> Html:
    return lines(
        bold(_("📝 An application to read")),
        _("{name} · {tier}", name=told.member_name, tier=named(_, told.tier_name)),
    )


def application_decided(_: Words, told: ApplicationDecided, _zone: ZoneInfo) -> Html:
    tier = bold(named(_, told.tier_name))
    if told.is_admitted:
        return lines(
            _("✅ You are welcome in {tier}.", tier=tier),
            _("You can order it now: the plans are under /join."),
        )
    return lines(
        _("We cannot let you into {tier} yet.", tier=tier),
        _("Reason: {reason}", reason=told.reason) if told.reason else None,
        _("Nothing was charged."),
    )


def membership_granted(_: Words, told: MembershipGranted, zone: ZoneInfo) -> Html:
    return lines(
        _("🎉 You have been given {tier}.", tier=bold(named(_, told.tier_name))),
        _("Valid through {day} (end of the day)", day=bold(day(told.until, zone, _.locale)))
        if told.until
        else _("Valid for life"),
        _("Reason: {reason}", reason=told.reason),
    )


def membership_ended(_: Words, told: MembershipEnded, _zone: ZoneInfo) -> Html:
    return lines(
        _("Your membership {tier} has been ended.", tier=bold(named(_, told.tier_name))),
        _("Reason: {reason}", reason=told.reason),
        _("If you see it otherwise, please write to the staff: /help says to whom."),
    )


def membership_moved(_: Words, told: MembershipMoved, _zone: ZoneInfo) -> Html:
    return _(
        "The memberships of account {old} now belong to account {new}. "
        "If you did not ask for this, write to the staff at once.",
        old=code(told.from_id),
        new=code(told.to_id),
    )
