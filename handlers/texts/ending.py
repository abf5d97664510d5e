"""Words of how a membership ends: reminders, grace, and leaving a space."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from community_bot.membership.facts import Standing
from community_bot.membership.notices import (
    GraceBegan,
    MembershipEnding,
    RemovalAhead,
    RemovalsStopped,
    RemovedFromSpace,
    SpaceStuck,
)
from handlers.texts.figures import day, moment
from handlers.texts.joining import named
from handlers.texts.words import Html, Words, bold, code, lines

MOST = 30  # people who are named in a dry run


def membership_ending(_: Words, told: MembershipEnding, zone: ZoneInfo) -> Html:
    return lines(
        bold(_ends(_, told.days_left)),
        _(
            "{tier}, valid through {until} (end of the day).",
            tier=named(_, told.tier_name),
            until=bold(day(told.until, zone, _.locale)),
        ),
        "",
        _("Renewing early loses no day: the new time begins when the old one ends."),
        _("Nothing is ever renewed or charged by itself."),
    )


def _ends(_: Words, days_left: int) -> Html:
    if days_left == 0:
        return _("⏳ Your membership ends today")
    return _.count(
        "⏳ Your membership ends in {n} day", "⏳ Your membership ends in {n} days", days_left
    )


def grace_began(_: Words, told: GraceBegan, zone: ZoneInfo) -> Html:
    return lines(
        bold(_("Your membership has ended")),
        _(
            "{tier} ended on {day}.",
            tier=named(_, told.tier_name),
            day=day(told.ended_at, zone, _.locale),
        ),
        "",
        _(
            "Nothing is taken away before {last}: until then your groups stay open.",
            last=bold(day(told.grace_until, zone, _.locale)),
        ),
        _("In groups you may read but not write meanwhile; once renewed, you write again at once.")
        if told.is_read_only
        else None,
        _("Renew by then, and you will not notice a thing."),
    )


def removal_ahead(_: Words, told: RemovalAhead, zone: ZoneInfo) -> Html:
    return lines(
        bold(_("Your place in {title} ends soon", title=told.title)),
        _("No membership of yours opens it any more."),
        _(
            "From {moment} on, your place may be given up. Renew before, and it stays yours.",
            moment=bold(moment(told.removal_at, zone, _.locale)),
        ),
    )


def removed_from_space(_: Words, told: RemovedFromSpace, _zone: ZoneInfo) -> Html:
    return lines(
        _("You are no longer in {title}, as your membership has ended.", title=bold(told.title)),
        _("You are not banned: renew, then ask to join again, and you are let in at once."),
    )


def removals_stopped(_: Words, told: RemovalsStopped, _zone: ZoneInfo) -> Html:
    return lines(
        bold(_("🛑 I have removed nobody from {title}", title=told.title)),
        _(
            "{would} of {present} people there would lose their place at once. "
            "That is so many that a person has to look first.",
            would=bold(told.would_remove),
            present=told.present,
        ),
    )


def space_stuck(_: Words, told: SpaceStuck, _zone: ZoneInfo) -> Html:
    heading = (
        _("⚠️ I could not take {name} out of {title}", name=told.member_name, title=told.title)
        if told.is_removal
        else _("⚠️ I could not open {title} for {name}", name=told.member_name, title=told.title)
    )
    return lines(
        bold(heading),
        _("Telegram says: {reason}", reason=code(told.reason[:200])),
        _("Please see that I am an administrator there who may add and ban people."),
    )


def dry_run(_: Words, title: str, names: Sequence[tuple[int, str]], present: int) -> Html:
    """Say who would lose their place, before anybody does."""
    if not names:
        return _("Nobody would be removed from {title} now.", title=bold(title))
    shown = [_("· {name} ({number})", name=name, number=code(who)) for who, name in names[:MOST]]
    more = len(names) - len(shown)
    return lines(
        bold(_("Who would leave {title}", title=title)),
        _("{n} of {present} people; all were warned a day before.", n=len(names), present=present),
        "",
        *shown,
        _("… and {n} more", n=more) if more else None,
    )


def removed(_: Words, title: str, count: int) -> Html:
    return _.count(
        "Done: {n} person is being taken out of {title}.",
        "Done: {n} people are being taken out of {title}.",
        count,
        title=bold(title),
    )


def renewing(_: Words, standing: Standing, zone: ZoneInfo) -> Html:
    """Say what renewing does, for whoever has something to renew."""
    if standing.until is None:
        return lines(bold(_("🔁 Renew or upgrade")), "", _("Choose how you would like to go on:"))
    return lines(
        bold(_("🔁 Renew or upgrade")),
        "",
        _(
            "{tier}, valid through {until} (end of the day).",
            tier=named(_, standing.tier.name) if standing.tier else "",
            until=bold(day(standing.until, zone, _.locale)),
        ),
        _("Renewing early loses no day: the new time begins when the old one ends."),
        _("What is left of a lower tier is credited line by line before you pay."),
    )


def left_alone(_: Words, title: str) -> Html:
    return _("{title} stays as it is. I ask again tomorrow if nothing changes.", title=bold(title))
