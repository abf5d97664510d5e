"""Words of the FAQ as members read it: answers, locks, lists, and the way on when nothing fits."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from community_bot.faq.facts import Gone, Page, Shared, View
from community_bot.faq.markup_rules import plain, tidy
from community_bot.faq.notices import AnswerFound, PolicyChanged
from community_bot.faq.rules import VoteReason
from handlers.texts.figures import day
from handlers.texts.words import GAP, Html, Words, bold, lines

GIST = 100  # signs of an answer under it


def topic_name(_: Words, code: str) -> str:
    """Return what a topic is called; one of the community's own is called what it was typed as."""
    return _topics(_).get(code, code)


def topic_code(_: Words, name: str) -> str:
    """Return the topic that is called so; what is no name of one is a topic of its own."""
    codes = {called.casefold(): code for code, called in _topics(_).items() if code}
    return codes.get(name.strip().casefold(), name)


def _topics(_: Words) -> dict[str, str]:
    return {
        "opening": _.plain("Opening a shop"),
        "account": _.plain("Account"),
        "fees": _.plain("Fees"),
        "payout": _.plain("Payouts"),
        "logistics": _.plain("Logistics"),
        "compliance": _.plain("Compliance"),
        "tax": _.plain("Taxes"),
        "listing": _.plain("Listings"),
        "creators": _.plain("Creators"),
        "live": _.plain("Live selling"),
        "video": _.plain("Short videos"),
        "ads": _.plain("Advertising"),
        "service": _.plain("After-sales"),
        "community": _.plain("This community"),
        "content": _.plain("Content"),
        "sourcing": _.plain("Sourcing"),
        "tiktok_shop": "TikTok Shop",
        "": _.plain("Other questions"),
    }


def answer(_: Words, view: View, zone: ZoneInfo) -> Html:
    """Show an entry: what fits first, the answer, and how far it can be trusted."""
    if view.is_locked:
        return locked(_, view)
    return lines(
        bold(view.question),
        GAP,
        _("🔎 <i>{part}</i>", part=view.matching) if view.matching else None,
        GAP if view.matching else None,
        Html(tidy(view.body)),
        GAP,
        *_footing(_, view, zone),
    )


def locked(_: Words, view: View) -> Html:
    """Show the title and the way up, and nothing of the answer."""
    level = view.level
    return lines(
        _("🔒 {question}", question=bold(view.question)),
        GAP,
        _("This answer is for {tier} and above.", tier=bold(_named(_, level.name)))
        if level is not None
        else _("This answer is not open to you."),
        _("What each membership opens, and what it costs, is under /join."),
    )


def perhaps(_: Words) -> Html:
    return lines(bold(_("Perhaps one of these?")), _("Tap the question that is yours."))


def nothing(_: Words, contact: str) -> Html:
    return lines(
        bold(_("I have no answer to that yet.")),
        _("Your search is noted: when there is an answer, I write to you."),
        _("Try other words, or look through the topics."),
        _("A person can help: {contact}", contact=contact) if contact else None,
    )


def gone(_: Words, of: Gone) -> Html:
    return lines(
        bold(_("This answer has been taken down.")),
        _("One of these may be what you are looking for:")
        if of.lines
        else _("Ask in your own words, or look through the topics."),
    )


def not_helped(_: Words, contact: str) -> Html:
    return lines(
        bold(_("Thank you for saying so.")),
        _("Try other words, or look through the topics."),
        _("A person can help: {contact}", contact=contact) if contact else None,
    )


def why_not(_: Words) -> Html:
    return lines(bold(_("What was wrong with it?")), _("One tap helps whoever looks after it."))


def reason(_: Words, given: VoteReason) -> str:
    known = {
        VoteReason.OUTDATED: _.plain("Out of date"),
        VoteReason.UNCLEAR: _.plain("Not clear"),
        VoteReason.ELSEWHERE: _.plain("Not for my market"),
        VoteReason.WRONG: _.plain("Wrong"),
    }
    return known[given]


def thanks(_: Words) -> str:
    return _.plain("Thank you! That helps others find it.")


def topics(_: Words) -> Html:
    return lines(
        bold(_("📚 Questions and answers")),
        _("Type your question in your own words, or choose a topic."),
    )


def no_topics(_: Words) -> Html:
    return lines(bold(_("📚 Questions and answers")), _("Nothing has been written here yet."))


def page(_: Words, of: Page) -> Html:
    heading = bold(topic_name(_, of.topic.code))
    if of.pages > 1:
        return _("{topic} · page {n} of {m}", topic=heading, n=of.number + 1, m=of.pages)
    return heading


def shared(_: Words, one: Shared, zone: ZoneInfo) -> Html:
    """Answer in a group: whole where everybody may read it, else the title and the way."""
    if one.view is None:
        return _("“{question}” was answered here a moment ago.", question=one.question)
    if one.view.is_locked:
        return lines(
            _("🔒 {question}", question=bold(one.question)),
            _("This answer is for members. Whoever may read it finds it in our private chat."),
        )
    return answer(_, one.view, zone)


def nothing_in_group(_: Words) -> Html:
    return _(
        "I have no sure answer to that. In our private chat I show what comes near, and the way on."
    )


def words_wanted(_: Words) -> Html:
    return _("Reply with /faq to a question, or type it behind the command: /faq deposit refund")


def all_in_private(_: Words) -> str:
    """Return the button above inline results."""
    return _.plain("Ask in the private chat")


def gist(view: View) -> str:
    """Return the beginning of an answer, under its title in a list of results."""
    begins = " ".join(plain(view.body).split())
    return begins if len(begins) <= GIST else begins[: GIST - 1] + "…"


def answer_found(_: Words, told: AnswerFound, zone: ZoneInfo) -> Html:
    return lines(
        bold(_("💡 There is an answer now")),
        _(
            "On {day} you searched for “{wording}”.",
            day=day(told.searched_at, zone, _.locale),
            wording=told.wording,
        ),
        _("“{question}” may be what you were looking for.", question=told.question),
    )


def policy_changed(_: Words, told: PolicyChanged, _zone: ZoneInfo) -> Html:
    return lines(
        bold(_("⚠️ An answer that you read may have changed")),
        _("What changed: {about}", about=told.about),
        _("You read: “{question}”. It is being looked over now.", question=told.question),
        *[_("You read as well: “{question}”.", question=title) for _number, title in told.more],
    )


def _footing(_: Words, view: View, zone: ZoneInfo) -> list[Html]:
    """Say how far an answer can be trusted: when it was looked at, by whom, for which markets."""
    said = []
    if view.is_stale:
        said.append(
            _(
                "⚠️ Last verified on {day}; it may be out of date.",
                day=day(view.verified_at, zone, _.locale) if view.verified_at else "–",
            )
        )
    elif view.verified_at is not None:
        facts = {"day": day(view.verified_at, zone, _.locale), "name": view.verifier_name or "–"}
        said.append(_("✅ Verified on {day} by {name}", **facts))
    if view.markets:
        said.append(_("Applies to: {markets}", markets="/".join(view.markets)))
    return said


def _named(_: Words, name: Mapping[str, str]) -> str:
    return name.get("zh" if _.locale.startswith("zh") else "en") or next(iter(name.values()), "–")
