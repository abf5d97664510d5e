"""Short words about what was done to a ticket: toasts, hints and records at the desk."""

from datetime import datetime
from zoneinfo import ZoneInfo

from community_bot.errors import AlreadyDone
from community_bot.tickets.facts import Recalled
from handlers.texts.desk import clock_time
from handlers.texts.words import Html, Words

CAPTURE = r"^/?转工单\s*$"  # Telegram knows no commands in Chinese
MINUTES_SAID = 60  # longer ago than that it does not matter when
JUST_NOW = 5  # seconds


def claimed(_: Words, number: int) -> str:
    return _.plain("🙋 #{n} is yours.", n=number)


def released(_: Words, number: int) -> str:
    return _.plain("↩️ #{n} is back in the queue; its time has not changed.", n=number)


def in_private(_: Words) -> str:
    return _.plain("📩 I have written to you in our private chat.")


def on_its_way(_: Words) -> str:
    return _.plain("📩 It comes into our private chat.")


def paused(_: Words, until: datetime, zone: ZoneInfo) -> str:
    return _.plain("⏳ No new questions until {at}.", at=clock_time(until, zone, _.locale))


def resumed(_: Words) -> str:
    return _.plain("▶️ The member may ask again.")


def skipped(_: Words) -> str:
    return _.plain("⏭ The next mentor is asked.")


def waived(_: Words) -> str:
    return _.plain("✅ It is the member's turn; the clock stands still.")


def solved(_: Words, number: int) -> str:
    return _.plain(
        "🏁 #{n} is solved. The member is asked what they think of the answer.", n=number
    )


def put_off(_: Words, until: datetime, zone: ZoneInfo) -> str:
    return _.plain("⏸ Put off until {at}.", at=clock_time(until, zone, _.locale))


def no_question(_: Words, number: int) -> str:
    return _.plain("🚫 #{n} counts as no question; the member is told. It can be undone.", n=number)


def restored(_: Words, number: int) -> str:
    return _.plain("↩️ #{n} is back in the queue, with its time.", n=number)


def reopened(_: Words, number: int) -> str:
    return _.plain("🔄 #{n} is open again.", n=number)


def inside(_: Words) -> Html:
    return _("✍ This stays inside: somebody else answers this ticket.")


def assist_sure(_: Words) -> Html:
    return _("Send this to the member under your own name, as help?")


def assisted(_: Words) -> Html:
    return _("📨 On its way to the member; 👌 on your message means delivered.")


def stays_inside(_: Words) -> Html:
    return _("✍ It stays inside.")


def unclaimed(_: Words, number: int) -> Html:
    return _("✋ Not sent to the member: nobody has #{n} yet. Take it, then write again.", n=number)


def over(_: Words, number: int, *, can_reopen: bool) -> Html:
    return (
        _("✋ Not sent to the member: #{n} is over. Open it again, then write again.", n=number)
        if can_reopen
        else _("✋ Not sent to the member: #{n} is closed for good.", n=number)
    )


def recalled(_: Words, of: Recalled) -> str:
    return (
        _.plain("🗑 Taken back; the member does not see it any more.")
        if of.was_deleted
        else _.plain("🗑 It is older than 48 hours: for the member it is crossed out now.")
    )


def resent(_: Words) -> str:
    return _.plain("🔁 It goes out again; 👌 means delivered.")


def claimed_by(_: Words, error: AlreadyDone) -> Html:
    """Tell the second one who was first, and how long ago."""
    if error.by is None or error.ago is None:
        return _("Somebody has this ticket already.")
    seconds = max(int(error.ago.total_seconds()), 0)
    minutes = seconds // 60
    if minutes >= MINUTES_SAID:
        return _("Already taken by {name}.", name=error.by)
    if minutes:
        return _.count(
            "Already taken by {name}, one minute ago.",
            "Already taken by {name}, {n} minutes ago.",
            minutes,
            name=error.by,
        )
    if seconds < JUST_NOW:
        return _("Already taken by {name}, just now.", name=error.by)
    return _.count(
        "Already taken by {name}, one second ago.",
        "Already taken by {name}, {n} seconds ago.",
        seconds,
        name=error.by,
    )


def lead_called_on(_: Words) -> str:
    return _.plain("⬆️ The leads have been called. The ticket stays yours until they act.")
