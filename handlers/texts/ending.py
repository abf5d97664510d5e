"""Words of how a membership ends: reminders, grace, and leaving a space."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from community_bot.membership.facts import Standing
from community_bot.membership.notices import (
    GraceBegan,
    MembershipEnding,
    RemovalAhead,
    RemovalsLocked,
    RemovalsStopped,
    RemovedFromSpace,
    SpaceStuck,
)
from community_bot.membership.outages import Lock
from community_bot.membership.removals import Fate, SpaceReport
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


def removals_locked(_: Words, told: RemovalsLocked, zone: ZoneInfo) -> Html:
    return lines(
        bold(_("🔒 A backup was put back: nobody is removed from a group for now")),
        _(
            "It was put back on {moment}. What happened after the copy was made, I do not know: "
            "whoever paid or renewed since would be missing here.",
            moment=bold(moment(told.restored_at, zone, _.locale)),
        ),
        "",
        _(
            "Please compare the money that came first (/orders, also with a statement). "
            "Then look at who would be removed, and let me go on."
        ),
    )


def locked(_: Words, lock: Lock, names: Mapping[int, str], zone: ZoneInfo) -> Html:
    """Say what would happen in each space, before removals go on after a restored backup."""
    if lock.restored_at is None:
        return _("There is no lock any more: removals go on as usual.")
    return lines(
        bold(_("What happens when removals go on")),
        _waits(_, lock.paused_until, zone),
        _(
            "⏳ Not yet: Telegram has not told me since the restore which Stars came, so somebody "
            "who paid could be taken for a stranger. I ask it at start and every hour; "
            "please look again later."
        )
        if lock.stars_are_unseen
        else None,
        None if lock.reports or lock.paused_until else _("No group is looked after yet."),
        *[part for report in lock.reports for part in _of_space(_, report, names)],
        "",
        _("As long as you do not say so, nobody is removed. New members are let in as always."),
    )


def _of_space(_: Words, report: SpaceReport, names: Mapping[int, str]) -> list[Html | str | None]:
    gone = report.with_fate(Fate.REMOVE)
    warned = len(report.with_fate(Fate.WARN)) + len(report.with_fate(Fate.WAIT))
    shown = [
        _("· {name} ({number})", name=names.get(member_id, "–"), number=code(member_id))
        for member_id in gone[:MOST]
    ]
    return [
        "",
        _(
            "{title}: {n} of {present} people would be removed",
            title=bold(report.space.title),
            n=len(gone),
            present=report.present,
        ),
        *shown,
        _("… and {n} more", n=len(gone) - MOST) if len(gone) > MOST else None,
        _("That is so many that I ask once more before.") if report.is_stopped else None,
        _.count(
            "{n} more person would be warned, and has a day.",
            "{n} more people would be warned, and have a day.",
            warned,
        )
        if warned
        else None,
    ]


def unlocked(_: Words, until: datetime | None, zone: ZoneInfo) -> Html:
    return lines(
        bold(_("🔓 Removals go on")),
        _waits(_, until, zone)
        or _("Whoever has no right to be in a group is warned a day before, and then removed."),
    )


def _waits(_: Words, until: datetime | None, zone: ZoneInfo) -> Html | None:
    if until is None:
        return None
    return _(
        "Until {moment} nobody is removed in any case, after an import or an outage.",
        moment=bold(moment(until, zone, _.locale)),
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
