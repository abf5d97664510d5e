"""Words about waiting lists: where somebody stands, and that a seat is held for them."""

from zoneinfo import ZoneInfo

from community_bot.billing.waitlist import Line
from community_bot.billing.waitlist_notices import SeatFree, SeatPassed
from handlers.texts.figures import moment
from handlers.texts.joining import named
from handlers.texts.words import Html, Words, bold, lines


def line(_: Words, of: Line, zone: ZoneInfo) -> Html:
    tier = named(_, of.tier.name)
    return lines(
        bold(_("⏳ Waiting list for {tier}", tier=tier)),
        _where(_, of, zone),
        "",
        _("When a seat is free, it is held for one person at a time, for 24 hours, in order."),
    )


def _where(_: Words, of: Line, zone: ZoneInfo) -> Html:
    if of.held_until is not None:
        return _(
            "✅ A seat is held for you until {moment}.",
            moment=bold(moment(of.held_until, zone, _.locale)),
        )
    if of.position is not None:
        return _(
            "You are no. {position} of {length}. You are told as soon as it is your turn.",
            position=bold(of.position),
            length=of.length,
        )
    if not of.is_full:
        return _("A seat is free: you can order at once.")
    return _("All seats are taken; {n} people wait.", n=of.length)


def seat_free(_: Words, told: SeatFree, zone: ZoneInfo) -> Html:
    return lines(
        bold(_("🎉 A seat is free for you")),
        _(
            "{tier}: it is held for you until {moment}. After that the next in line has it.",
            tier=bold(named(_, told.tier_name)),
            moment=bold(moment(told.held_until, zone, _.locale)),
        ),
    )


def seat_passed(_: Words, told: SeatPassed, _zone: ZoneInfo) -> Html:
    return lines(
        _(
            "The seat in {tier} was held for a day and has gone to the next in line.",
            tier=bold(named(_, told.tier_name)),
        ),
        _("You can join the list again; your place is then at its end."),
    )
