"""Words of reloading the configuration: what would change, and what has."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from community_bot.membership.facts import Change, Detail, Question, RefundPolicy
from community_bot.membership.reloading import Preview
from community_bot.membership.rules import Period
from community_bot.money import Money
from handlers.texts.figures import money
from handlers.texts.joining import named, period, refund_rule
from handlers.texts.words import GAP, Html, Words, bold, code, lines

MOST = 40  # lines of differences that fit into one message
LONGEST = 120  # characters of one value


def preview(_: Words, of: Preview) -> Html:
    """Show every difference before anything is taken over."""
    if not of.changes:
        return lines(_("✅ Tiers and plans are as the file says them."), *_restart(_, of.restart))
    shown = [line for change in of.changes for line in _change(_, change)]
    more = len(shown) - MOST
    return lines(
        bold(_("🔄 What the file would change")),
        *shown[:MOST],
        _("… and {n} more lines", n=more) if more > 0 else None,
        GAP,
        _("Who has bought something keeps it as it was bought. Shall I take this over?"),
        *_restart(_, of.restart),
    )


def applied(_: Words, changes: Sequence[Change]) -> Html:
    return _.count(
        "✅ {n} change has been taken over; it holds from now on.",
        "✅ {n} changes have been taken over; they hold from now on.",
        len(changes),
    )


def _restart(_: Words, sections: Sequence[str]) -> list[Html]:
    if not sections:
        return []
    return [
        GAP,
        _(
            "These sections are different too, and are read when the bot is started: {sections}",
            sections=_.plain(", ").join(sections),
        ),
    ]


def _change(_: Words, of: Change) -> list[Html]:
    heading = {
        "tier_added": _("➕ New tier {code}", code=of.code),
        "tier_changed": _("✏️ Tier {code}", code=of.code),
        "tier_retired": _("➖ Tier {code} is not offered any more", code=of.code),
        "plan_added": _("➕ New plan {code}", code=of.code),
        "plan_changed": _("✏️ Plan {code}", code=of.code),
        "plan_retired": _("➖ Plan {code} is not sold any more", code=of.code),
    }
    return [GAP, bold(heading[of.what]), *[_detail(_, one) for one in of.details]]


def _detail(_: Words, of: Detail) -> Html:
    field, after = code(of.field), _value(_, of.after)
    if of.before is None:
        return _("· {field}: {after}", field=field, after=after)
    return _("· {field}: {before} → {after}", field=field, before=_value(_, of.before), after=after)


def _value(_: Words, of: object) -> str:
    match of:
        case Money():
            return money(of, _.locale)
        case Period():
            return period(_, of)
        case RefundPolicy():
            return refund_rule(_, of)
        case timedelta():
            return _.plain("{n} working hours", n=int(of.total_seconds() // 3600))
        case _:
            return _plain(_, of)[:LONGEST]


def _plain(_: Words, of: object) -> str:
    match of:
        case Mapping():
            return _plain(_, named(_, of))
        case tuple() | list():
            return _.plain("; ").join(_plain(_, one) for one in of) or "–"
        case Question():
            return _plain(_, of.name)
        case None:
            return "–"
        case _:
            return str(of)
