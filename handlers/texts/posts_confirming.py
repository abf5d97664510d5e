"""Words of the last look at a post: shown, confirmed, agreed to or given back."""

from zoneinfo import ZoneInfo

from community_bot.resources.facts import Post
from community_bot.resources.rules import PostState
from handlers.texts.schedule_phrases import moments
from handlers.texts.words import Html, Words, bold, lines

MOST_OF_A_TITLE = 60


def shown_below(_: Words) -> str:
    return _.plain("👇 I am showing it to you.")


def confirmed(_: Words, of: Post, zone: ZoneInfo) -> Html:
    if of.state is PostState.WAITING_APPROVAL:
        return _(
            "⏳ {title} is for many people: a second admin has to agree, and has been asked.",
            title=bold(_short(of.title)),
        )
    if of.composed.schedule is None:
        return _(
            "✅ {title} goes out now. You see below how far it is.", title=bold(_short(of.title))
        )
    at = moments(_, (of.next_at,), zone) if of.next_at else "–"
    return lines(
        _("✅ {title} is planned: {at}", title=bold(_short(of.title)), at=bold(at)),
        _("I look ten minutes before whether everything is right. The plan is under /schedule."),
    )


def reason_wanted(_: Words) -> Html:
    return _("↩️ What should be changed? Whoever composed it reads this.")


def returned(_: Words, of: Post) -> Html:
    return _("↩️ {title} is a draft again, and its author knows why.", title=bold(_short(of.title)))


def _short(title: str) -> str:
    return title if len(title) <= MOST_OF_A_TITLE else f"{title[: MOST_OF_A_TITLE - 1]}…"
