"""Why somebody did, or did not, get a post."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from community_bot.errors import Invalid
from community_bot.people.service import Member
from community_bot.resources.audience_rules import parse
from community_bot.resources.facts import Because, Why
from community_bot.resources.rules import CopyState
from handlers.texts.figures import moment
from handlers.texts.posts_audience import Tiers, audience
from handlers.texts.posts_runs import reason
from handlers.texts.words import Html, Words, bold, lines


def why_wanted(_: Words) -> Html:
    return _("🔎 About whom? Type a name, an @username or a number.")


def nobody_found(_: Words) -> Html:
    return _("I found nobody of that name. Type another name, @username or number.")


def several(_: Words) -> Html:
    return _("Whom do you mean?")


def why(_: Words, of: Why, member: Member, tiers: Tiers, zone: ZoneInfo) -> Html:
    """One sentence, and below it what is and is not true of the person."""
    if not of.is_private:
        return lines(bold(member.name), _in_places(_, of))
    return lines(
        bold(member.name),
        _verdict(_, of, zone),
        *[_because(_, one, tiers) for one in of.because],
        None if of.is_reachable else _("✖️ cannot be reached now: blocked the bot or left"),
        None if of.is_entitled else _("✖️ below the tier that is needed"),
    )


def _in_places(_: Words, of: Why) -> Html:
    """Say that it went to nobody in private: who is in its places sees it there."""
    titles = Html(_(", ").join(_("{title}", title=one) for one in of.places))
    return _("It went to nobody in private, to these places alone: {places}", places=titles)


def _verdict(_: Words, of: Why, zone: ZoneInfo) -> Html:
    at = moment(of.settled_at, zone, _.locale) if of.settled_at else "–"
    if of.state is None:
        return _("Was not among the recipients when it went out. What is true of them now:")
    known: Mapping[CopyState, Html] = {
        CopyState.SENT: _("✅ Got it: Telegram took it at {at}.", at=at),
        CopyState.WAITING: _("🕓 It still waits for them."),
        CopyState.QUEUED: _("🕓 It is on its way to them."),
        CopyState.UNKNOWN: _("❔ Nobody knows: Telegram gave no answer."),
    }
    return known.get(of.state) or _(
        "❌ Did not get it: {reason}.", reason=reason(_, of.state, of.reason or "")
    )


def _because(_: Words, of: Because, tiers: Tiers) -> Html:
    try:
        what = audience(_, parse(of.criterion), tiers)
    except Invalid:
        what = _("{rule}", rule=of.criterion)
    if of.is_excluding:
        sign = "✖️" if of.is_true else "✔️"
        return _("{sign} left out are: {what}", sign=sign, what=what)
    return _("{sign} {what}", sign="✔️" if of.is_true else "✖️", what=what)
