"""Words about mentors: their hours, what they carry, and their shifts."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from community_bot.tickets.mentor_facts import Mentor
from community_bot.tickets.mentor_rules import FULL, Duty
from handlers.texts.desk import clock_time
from handlers.texts.words import GAP, Html, Words, bold, code, lines

# Typed behind a slash, or behind /duty; Telegram's own menu knows Latin letters only.
DUTY_COMMANDS = ("值班", "上班", "下班", "离开")
_VERBS = {"值班": "", "上班": "on", "下班": "off", "离开": "away", "到": "until", "至": "until"}
_UNITS = {"小时": "h", "分钟": "m", "天": "d"}


def said_of_hours(typed: str) -> list[str]:
    """Return what somebody typed about their hours in the words of the command."""
    for word, meant in _VERBS.items():
        typed = typed.replace(word, f" {meant} ")
    for word, meant in _UNITS.items():
        typed = re.sub(rf"\s*{word}", meant, typed)
    return typed.lower().split()


def duty(_: Words, mentor: Mentor, zone: ZoneInfo, now: datetime) -> Html:
    """Show a mentor their own hours and how to change them."""
    until, away = _.plain("/duty until 18:30"), _.plain("/duty away 2h")
    return lines(
        bold(_("🧑‍🏫 Your hours")),
        attendance(_, mentor, zone, now),
        carries(_, mentor),
        GAP,
        _(
            "Tap, or type for example {until} or {away}.",
            until=code(until),
            away=code(away),
        ),
    )


def attendance(_: Words, mentor: Mentor, zone: ZoneInfo, now: datetime) -> Html:
    """Say whether somebody is there, and until when."""
    when = mentor.attendance
    if when.is_paused:
        return _("⏸ paused by an admin: no tickets are given")
    if when.away_until is not None and when.is_away(now):
        return _("☕ away until {at}", at=clock_time(when.away_until, zone, _.locale))
    if not mentor.is_on_duty:
        return _("🌙 off duty")
    if when.duty is Duty.ON and when.on_until is not None:
        return _("🟢 on duty until {at}", at=clock_time(when.on_until, zone, _.locale))
    if when.duty is Duty.WEEKLY:
        return _("🟢 on duty, by the hours of the week")
    return _("🟢 on duty")


def carries(_: Words, mentor: Mentor) -> Html:
    return _(
        "🎫 {held} tickets, {active} of them to be answered; load {load} of {cap}",
        held=mentor.held,
        active=mentor.active,
        load=f"{mentor.load / FULL:g}",
        cap=mentor.cap // FULL,
    )


def handed_over(_: Words, count: int) -> Html:
    if not count:
        return _("🌙 Nothing of yours waits for an answer. Have a good rest.")
    return _.count(
        "🌙 One ticket went to the next shift, with its time. Have a good rest.",
        "🌙 {n} tickets went to the next shift, with their times. Have a good rest.",
        count,
    )


def goes_on(_: Words) -> Html:
    return _("💪 Your tickets stay with you until they are answered.")
