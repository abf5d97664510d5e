"""Words of the directory of partners, and of introductions as the member reads them."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from community_bot.resources.introduction_notices import (
    IntroductionDeclined,
    IntroductionDelayed,
    IntroductionMade,
    IntroductionTaken,
    PartnerRatingWanted,
)
from community_bot.resources.introduction_rules import IntroductionState
from community_bot.resources.partner_facts import Directory, Introduction, PartnerPage, PartnerView
from community_bot.resources.partner_rules import PartnerKind
from handlers.texts.figures import moment
from handlers.texts.joining import named
from handlers.texts.words import GAP, Html, Words, bold, lines


def kind(_: Words, of: PartnerKind) -> str:
    """Return what a partner does, for a button or a heading."""
    names = {
        PartnerKind.LOGISTICS: _.plain("🚢 Logistics"),
        PartnerKind.LIVE_SELLING: _.plain("🎥 Live-selling networks"),
        PartnerKind.COMPLIANCE: _.plain("⚖️ Compliance"),
        PartnerKind.INFLUENCERS: _.plain("🌟 Influencers"),
        PartnerKind.OTHER: _.plain("🧩 Other services"),
    }
    return names[of]


def state(_: Words, of: IntroductionState) -> str:
    names = {
        IntroductionState.ASKED: _.plain("⏳ with the staff"),
        IntroductionState.TAKEN: _.plain("🛠 being seen to"),
        IntroductionState.MADE: _.plain("✅ introduced"),
        IntroductionState.DECLINED: _.plain("❌ not possible"),
        IntroductionState.WITHDRAWN: _.plain("↩️ taken back"),
    }
    return names[of]


def home(_: Words, of: Directory) -> Html:
    if not of.partners:
        return lines(
            bold(_("🤝 Partners")),
            _("No partner is listed yet. Tell the staff whom you are looking for."),
        )
    return lines(
        bold(_("🤝 Partners")),
        _("Whom are you looking for? Choose what they do, or a tag."),
        _("Ask for an introduction, and the staff see to it by a time that you are told."),
    )


def page(_: Words, of: PartnerPage) -> Html:
    heading = kind(_, of.kind) if of.kind else f"#{of.tag.code}" if of.tag else _("🤝 Partners")
    if not of.lines:
        return lines(bold(heading), _("Nobody is listed here at the moment."))
    paged = _("page {n} of {pages}", n=of.number + 1, pages=of.pages) if of.pages > 1 else None
    return lines(bold(heading), paged, _("Tap a name to read more."))


def partner(_: Words, view: PartnerView) -> Html:
    """Show a partner; of a locked one the name and the way up, and nothing else."""
    if view.is_locked:
        return lines(
            _("🔒 {title}", title=bold(view.name)),
            GAP,
            _("This is for {tier} and above.", tier=bold(named(_, view.level.name)))
            if view.level is not None
            else _("This is not open to you."),
            _("What each membership opens, and what it costs, is under /join."),
        )
    tags = " ".join(f"#{tag.code}" for tag in view.tags)
    return lines(
        bold(view.name),
        _("{kind} · {tags}", kind=kind(_, view.kind), tags=tags) if tags else kind(_, view.kind),
        rating(_, view.rating, view.ratings),
        GAP,
        _("{words}", words=view.about),
        *_own(_, view),
    )


def _own(_: Words, view: PartnerView) -> list[Html]:
    """Say what is between the reader and this partner."""
    found = []
    if view.open_introduction is not None:
        found.append(_("⏳ Your wish no. {n} is with the staff.", n=view.open_introduction))
    if view.own_stars is not None:
        found.append(_("Your rating: {stars}", stars="⭐" * view.own_stars))
    elif view.may_rate:
        found.append(_("You were introduced. How was it? Tap the stars."))
    return [GAP, *found] if found else []


def rating(_: Words, mean: float | None, ratings: int) -> Html:
    if mean is None:
        return _("⭐ Too few ratings yet")
    return _.count("⭐ {mean} from {n} member", "⭐ {mean} from {n} members", ratings, mean=mean)


def wish_wanted(_: Words, name: str) -> Html:
    return lines(
        bold(_("🤝 An introduction to {name}", name=name)),
        _("What do you need, for which market, and how much of it? Two or three sentences do."),
        _("The staff read it before they introduce you."),
    )


def asked(_: Words, case: Introduction, zone: ZoneInfo) -> Html:
    return lines(
        bold(_("✅ Wish no. {n} is with the staff", n=case.introduction_id)),
        _("Partner: {name}", name=case.partner_name),
        _("⏱ You hear from us by {at}", at=bold(moment(case.due_at, zone, _.locale))),
    )


def mine(_: Words, cases: Sequence[Introduction]) -> Html:
    if not cases:
        return lines(
            bold(_("📮 My introductions")),
            _("You have asked for none yet. Open a partner and tap “Ask for an introduction”."),
        )
    return bold(_("📮 My introductions"))


def one(_: Words, case: Introduction, zone: ZoneInfo) -> Html:
    is_open = case.decided_at is None
    return lines(
        bold(_("📮 Wish no. {n}: {name}", n=case.introduction_id, name=case.partner_name)),
        state(_, case.state),
        _("⏱ You hear from us by {at}", at=bold(moment(case.due_at, zone, _.locale)))
        if is_open
        else None,
        GAP,
        _("“{words}”", words=case.wish),
        _("The staff: {words}", words=case.reply) if case.reply else None,
    )


def sure_withdraw(_: Words, case: Introduction) -> Html:
    return _(
        "Take wish no. {n} to meet {name} back? The staff then stop looking into it.",
        n=case.introduction_id,
        name=bold(case.partner_name),
    )


def withdrawn(_: Words) -> str:
    return _.plain("Taken back. The staff have been told.")


def rated(_: Words) -> str:
    return _.plain("Thank you, it is noted. You can change it at any time.")


def taken(_: Words, told: IntroductionTaken, zone: ZoneInfo) -> Html:
    return lines(
        bold(_("🛠 Wish no. {n} is being seen to", n=told.introduction_id)),
        _("{name} introduces you to {partner}.", name=told.by_name, partner=told.partner_name),
        _("⏱ You hear from us by {at}", at=bold(moment(told.due_at, zone, _.locale))),
    )


def made(_: Words, told: IntroductionMade, _zone: ZoneInfo) -> Html:
    return lines(
        bold(_("🤝 Your introduction to {name}", name=told.partner_name)),
        GAP,
        _("{words}", words=told.words),
        GAP,
        _("Say that you come from our community. In a week I ask you how it was."),
    )


def declined(_: Words, told: IntroductionDeclined, _zone: ZoneInfo) -> Html:
    return lines(
        bold(_("Wish no. {n} to meet {name}", n=told.introduction_id, name=told.partner_name)),
        _("The staff cannot introduce you this time."),
        _("Reason: {reason}", reason=told.reason),
        _("You can ask again, or look for another partner below."),
    )


def delayed(_: Words, told: IntroductionDelayed, zone: ZoneInfo) -> Html:
    return lines(
        bold(_("⏱ Wish no. {n} takes longer", n=told.introduction_id)),
        _(
            "We promised to introduce you to {name} by {at} and have not managed. "
            "We are sorry; the staff have just been told again.",
            name=told.partner_name,
            at=moment(told.due_at, zone, _.locale),
        ),
    )


def rating_wanted(_: Words, told: PartnerRatingWanted, _zone: ZoneInfo) -> Html:
    return lines(
        bold(_("How was it with {name}?", name=told.partner_name)),
        _("One tap helps the others. Only the mean is shown, never who gave what."),
    )
