"""Words of digests: what is new, how often it is told, and when nothing rings."""

from datetime import time
from zoneinfo import ZoneInfo

from community_bot.resources.digest_facts import Hearing
from community_bot.resources.digest_notices import TopicDigest
from community_bot.resources.digest_rules import Pace
from handlers.texts.figures import moment
from handlers.texts.words import GAP, Html, Words, bold, lines


def digest(_: Words, told: TopicDigest, _zone: ZoneInfo) -> Html:
    topics = " ".join(f"#{topic.code}" for topic in told.topics)
    return lines(
        bold(_("📬 New for you: {topics}", topics=topics)),
        GAP,
        *[_("· {title}", title=line.title) for line in told.lines],
        _.count("… and {n} more in the library", "… and {n} more in the library", told.more)
        if told.more
        else None,
        GAP,
        _("Tap a title to read it, or 🔕 to hear less of a topic."),
    )


def hearing(_: Words, of: Hearing) -> Html:
    """Say how somebody hears of what is new, and what to do where they follow nothing."""
    topics = " ".join(f"#{topic.code}" for topic in of.topics)
    at = of.next_at and moment(of.next_at, of.zone, _.locale)
    return lines(
        bold(_("📬 What is new, and when")),
        GAP,
        _("How often: {pace}", pace=bold(pace(_, of.pace))),
        _("Next: {at}, if there is anything new", at=at) if at else None,
        _("Your clock: {zone}", zone=place(_, of.zone.key)),
        _("Quiet hours: {hours}", hours=bold(hours(_, of))),
        _("You follow: {topics}", topics=topics)
        if topics
        else _("You follow no topic yet. Open one in the library and tap 🔔."),
    )


def pace(_: Words, of: Pace) -> str:
    names = {
        Pace.DAILY: _.plain("every day"),
        Pace.WEEKLY: _.plain("every Monday"),
        Pace.NEVER: _.plain("never"),
    }
    return names[of]


def hours(_: Words, of: Hearing) -> str:
    if of.quiet_from == of.quiet_until:
        return _.plain("none set")
    return f"{clock(of.quiet_from)}-{clock(of.quiet_until)}"


def clock(minute: int) -> str:
    """Return a minute of the day as a clock shows it."""
    hour, rest = divmod(minute % (24 * 60), 60)
    return time(hour, rest).strftime("%H:%M")


def place(_: Words, zone: str) -> str:
    """Return where a clock shows this time, as people call it; else the zone's own name."""
    names = {
        "Asia/Shanghai": _.plain("China (Beijing time)"),
        "Asia/Bangkok": _.plain("Thailand, Vietnam"),
        "Asia/Jakarta": _.plain("Indonesia (Jakarta)"),
        "Asia/Tokyo": _.plain("Japan"),
        "Europe/London": _.plain("Britain"),
        "Europe/Berlin": _.plain("Germany, France, Spain"),
        "America/New_York": _.plain("US, east coast"),
        "America/Los_Angeles": _.plain("US, west coast"),
    }
    return names.get(zone) or zone


def clock_wanted(_: Words) -> Html:
    return _("Whose clock counts for you? Choose a place, or type a zone such as Asia/Singapore.")


def hours_wanted(_: Words) -> Html:
    return _("When may nothing ring? Choose below, or type it like 22:30-07:00.")


def less(_: Words, code: str) -> Html:
    return _("🔕 You no longer hear of {topic}.", topic=bold(f"#{code}"))


def noted(_: Words) -> str:
    return _.plain("Noted")
