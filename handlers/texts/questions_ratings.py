"""Words for ratings: the question, the reason, and the thanks."""

from zoneinfo import ZoneInfo

from community_bot.tickets.facts import Rating
from community_bot.tickets.notices import RatingReminder
from community_bot.tickets.rules import Grievance, Verdict
from handlers.texts.words import Html, Words, bold, lines


def reminder(_: Words, told: RatingReminder, _zone: ZoneInfo) -> Html:
    return lines(
        bold(_("How useful was the answer to question #{n}?", n=told.ticket_id)),
        _("One tap is enough. I ask only this once."),
    )


def verdict(_: Words, of: Verdict) -> str:
    known = {
        Verdict.GOOD: _.plain("👍 Useful"),
        Verdict.FAIR: _.plain("👌 So-so"),
        Verdict.POOR: _.plain("👎 Not useful"),
    }
    return known[of]


def reason(_: Words, of: Grievance) -> str:
    known = {
        Grievance.SLOW: _.plain("Too slow"),
        Grievance.UNCLEAR: _.plain("Not clear"),
        Grievance.WRONG: _.plain("Wrong"),
        Grievance.OTHER: _.plain("Something else"),
    }
    return known[of]


def rated(_: Words, of: Rating) -> Html:
    """Thank for a verdict; where it was not good, ask why."""
    if of.verdict is Verdict.GOOD:
        return lines(
            bold(_("👍 Thank you, that pleases the mentor!")),
            _("If you like, add a sentence; the mentor reads it."),
        )
    return lines(
        bold(_("Thank you for saying so. What was missing?")),
        _("One tap, or a sentence in your own words. Not settled? Open it again below."),
    )


def words_wanted(_: Words) -> Html:
    return _("✍️ Type a sentence for the mentor. To leave it, send /start.")


def explained(_: Words) -> Html:
    return _("🙏 Thank you. The mentor reads it, and we do better next time.")
