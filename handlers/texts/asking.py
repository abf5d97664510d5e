"""Words for asking: what is gathered, what may answer it already, and what is left of the month."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from community_bot.tickets.facts import Allowance, Draft
from community_bot.tickets.notices import DraftCard, QuestionOver
from community_bot.tickets.rules import DraftState
from community_bot.tickets.view_facts import Shared
from handlers.texts.faq import topic_name
from handlers.texts.questions_times import by, day
from handlers.texts.words import GAP, Html, Words, bold, lines

ASK_COMMANDS = ("问", "提问")  # typed behind a slash; Telegram's own menu knows Latin letters only
EXCERPT = 200  # signs of the words on the draft's card; all of them are above it
FLAGS = {"US": "🇺🇸", "EU": "🇪🇺", "UK": "🇬🇧", "JP": "🇯🇵", "SEA": "🌏", "MX": "🇲🇽"}


def market_name(_: Words, code: str) -> str:
    """Return what a market is called, with its flag."""
    known = {
        "US": _.plain("US"),
        "EU": _.plain("EU"),
        "UK": _.plain("UK"),
        "JP": _.plain("Japan"),
        "SEA": _.plain("Southeast Asia"),
        "MX": _.plain("Latin America"),
    }
    return f"{FLAGS[code]} {known[code]}" if code in known else code


def wanted(_: Words, allowance: Allowance, zone: ZoneInfo) -> Html:
    """Ask for a question, and say how it may be written."""
    return lines(
        bold(_("❓ What would you like to ask the mentors?")),
        _(
            "Just send it: words, screenshots, voice and files, in as many messages as you like. "
            "I put them together into one question."
        ),
        GAP,
        _left(_, allowance, zone),
    )


def _left(_: Words, allowance: Allowance, zone: ZoneInfo) -> Html:
    if allowance.paused_until is not None:
        return _(
            "⏳ The mentors take no new questions of yours until {at}. Write all the same: I keep "
            "it for you.",
            at=by(_, allowance.paused_until, zone),
        )
    if allowance.is_spent:
        return _("This month's questions are used up. Write all the same: I keep it for you.")
    return used(_, allowance)


def used(_: Words, allowance: Allowance) -> Html:
    """Say how many questions of the month are used."""
    if allowance.limit is None:
        return _.count("One question this month", "{n} questions this month", allowance.used)
    return _("Questions this month: {n}/{limit}", n=allowance.used, limit=allowance.limit)


def draft_card(_: Words, told: DraftCard, _zone: ZoneInfo) -> Html:
    return draft(_, told.draft)


def draft(_: Words, of: Draft) -> Html:
    """Show what was gathered; once it is over, what became of it."""
    number = f"D-{of.draft_id}"
    match of.state:
        case DraftState.SUBMITTED:
            return _(
                "✅ Draft #{draft} was handed in as question #{n}. Where it is stands below.",
                draft=number,
                n=of.ticket_id,
            )
        case DraftState.CANCELLED:
            return _(
                "✖ Draft #{draft} was dropped. Nobody was asked, nothing was used.", draft=number
            )
        case DraftState.DEFLECTED:
            return _("🎉 Glad that helped! Draft #{draft} used no question.", draft=number)
        case _state:
            return _gathering(_, of, number)


def _gathering(_: Words, of: Draft, number: str) -> Html:
    return lines(
        bold(_("📝 Draft #{draft}", draft=number)),
        _contents(_, of),
        _("“{words}”", words=_cut(of.words)) if of.words else None,
        _("🔗 goes on from question #{n}", n=of.follows_id) if of.follows_id else None,
        _about(_, of),
        GAP,
        *([_("💡 There may be an answer already; tap to read:"), GAP] if of.hits else []),
        _("Anything to add? Just send it. After 90 seconds of silence I hand it in myself."),
    )


def _contents(_: Words, of: Draft) -> Html:
    parts = [
        _("texts {n}", n=of.texts) if of.texts else None,
        _("pictures {n}", n=of.pictures) if of.pictures else None,
        _("files {n}", n=of.files) if of.files else None,
    ]
    return Html(" · ".join(part for part in parts if part))


def _about(_: Words, of: Draft) -> Html | None:
    if of.topic is None and of.market is None:
        return None
    return _(
        "About: {about}",
        about=" · ".join(
            [
                *([topic_name(_, of.topic)] if of.topic else []),
                *([market_name(_, of.market)] if of.market else []),
            ]
        ),
    )


def _cut(words: str) -> str:
    return words if len(words) <= EXCERPT else words[: EXCERPT - 1] + "…"


def question_over(_: Words, told: QuestionOver, zone: ZoneInfo) -> Html:
    """Say that it is kept, and what can be done until there are questions again."""
    return over(_, told.draft, told.allowance, zone)


def over(_: Words, of: Draft, allowance: Allowance, zone: ZoneInfo) -> Html:
    if of.state is not DraftState.KEPT:
        return draft(_, of)
    return lines(
        _why_kept(_, allowance, zone),
        _("What you wrote is kept, every word of it: draft #{draft}", draft=f"D-{of.draft_id}"),
        _("“{words}”", words=_cut(of.words)) if of.words else None,
        GAP,
        _until_when(_, of, allowance, zone),
    )


def _why_kept(_: Words, allowance: Allowance, zone: ZoneInfo) -> Html:
    if allowance.paused_until is not None:
        at = by(_, allowance.paused_until, zone)
        return _("⏳ The mentors take no new questions of yours until {at}", at=at)
    if not allowance.is_spent:
        return bold(_("You have questions again"))
    if not allowance.limit:
        return bold(_("Your membership has no questions at the moment"))
    used_up = _(
        "This month's questions are used up ({n}/{limit})", n=allowance.used, limit=allowance.limit
    )
    return bold(used_up)


def _until_when(_: Words, of: Draft, allowance: Allowance, zone: ZoneInfo) -> Html | None:
    at = day(of.submit_at or allowance.next_at, zone, _.locale)
    if of.submit_at:
        return _("📅 I hand it in by myself on {day}.", day=at)
    if not allowance.is_spent:
        return None
    return _("From {day} on there are questions again. Until then the FAQ may help.", day=at)


def topic_wanted(_: Words) -> Html:
    return lines(
        bold(_("What is it about?")), _("The right mentor sees it sooner. You can skip this.")
    )


def market_wanted(_: Words) -> Html:
    return lines(
        bold(_("Which market is it about?")),
        _("The right mentor sees it sooner. You can skip this."),
    )


def more_wanted(_: Words) -> str:
    """Return the toast after 'add more'."""
    return _.plain("Go on, I am listening. After 90 seconds of silence I hand it in.")


def no_questions(_: Words) -> Html:
    """Say kindly what questions belong to, and what is open to everybody."""
    return lines(
        bold(_("Mentors answer members' questions")),
        _(
            "Your current tier has no questions to mentors. With a membership you ask here, and "
            "are told at once by when you have an answer."
        ),
        _("The FAQ is open to you at any time: just type what you want to know."),
    )


def hello(_: Words) -> Html:
    return _("👋 Hello! Just tell me what you want to know: I look for an answer, or ask a mentor.")


def welcome(_: Words) -> Html:
    return _("😊 You are welcome! If there is anything else, just write to me.")


def alike(_: Words, found: Sequence[Shared]) -> Html:
    """Show open questions of others, without their names."""
    if not found:
        return _("Nobody is asking this any more. You can hand in your own question.")
    return lines(
        bold(_("👥 Others are asking something similar")),
        _("Follow one, and its answer comes to you too; that uses none of your questions."),
        GAP,
        *[_("{n}. “{words}”", n=at, words=one.summary) for at, one in enumerate(found, 1)],
    )


def followed(_: Words, one: Shared) -> Html:
    return lines(
        _("🙋 Done: as soon as a mentor answers, I send it to you too."),
        _("“{words}”", words=one.summary),
        _("Your draft was put away and used no question."),
    )


def aloud_in_private(_: Words) -> Html:
    """Point to the private chat without saying in front of others why."""
    return _("That goes on in our private chat: tap the button below.")


def aloud_wanted(_: Words) -> Html:
    """Say in a group how to ask there."""
    return _(
        "Type your question behind the command, or reply to a message of your own with it: "
        "/ask What does the second review need?"
    )


def aloud_as_yourself(_: Words) -> Html:
    return _(
        "Please ask as yourself: what is sent as a channel or an anonymous admin has nobody "
        "to whom an answer could go."
    )
