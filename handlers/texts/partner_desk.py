"""Words of the directory and of introductions as staff read them."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from community_bot.resources.facts import Level
from community_bot.resources.introduction_notices import (
    IntroductionCard,
    IntroductionLate,
    IntroductionNear,
)
from community_bot.resources.introduction_rules import IntroductionState
from community_bot.resources.partner_facts import Case, Partner
from community_bot.resources.partner_rules import PartnerKind, PartnerState
from handlers.texts.figures import moment
from handlers.texts.joining import named
from handlers.texts.partners import kind, rating, state
from handlers.texts.words import GAP, Html, Words, bold, code, lines


def home(_: Words, cases: Sequence[Case], partners: Sequence[Partner]) -> Html:
    late = sum(case.is_late for case in cases)
    return lines(
        bold(_("🤝 Partners and introductions")),
        _.count("{n} wish waits", "{n} wishes wait", len(cases))
        if cases
        else _("✅ Nobody waits for an introduction."),
        _("🔴 {n} of them later than promised", n=late) if late else None,
        _.count("{n} partner is written down", "{n} partners are written down", len(partners)),
    )


def all_(_: Words, partners: Sequence[Partner]) -> Html:
    return lines(
        bold(_("🤝 Partners and introductions")),
        _.count("{n} partner is written down", "{n} partners are written down", len(partners)),
    )


def case(_: Words, of: Case, zone: ZoneInfo) -> Html:
    one = of.introduction
    return lines(
        bold(_("🤝 Introduction no. {n}", n=one.introduction_id)),
        _("{member} → {partner}", member=of.member_name, partner=bold(one.partner_name)),
        _state(_, one.state, of.taken_by_name),
        _due(_, one.state, moment(one.due_at, zone, _.locale)),
        GAP,
        _("“{words}”", words=one.wish),
        GAP,
        _("Contact: {contact}", contact=code(of.contact)),
        _("Told to the member: {words}", words=one.reply) if one.reply else None,
    )


def card(_: Words, told: IntroductionCard, zone: ZoneInfo) -> Html:
    return lines(
        bold(_("🤝 Introduction no. {n}", n=told.introduction_id)),
        _("{member} → {partner}", member=told.member_name, partner=bold(told.partner_name)),
        _state(_, told.state, told.by_name),
        _due(_, told.state, moment(told.due_at, zone, _.locale)),
        GAP,
        _("“{words}”", words=told.wish),
    )


def _state(_: Words, of: IntroductionState, name: str | None) -> str:
    if name is None or of is IntroductionState.WITHDRAWN:
        return state(_, of)
    return _("{state} · {name}", state=state(_, of), name=name)


def _due(_: Words, of: IntroductionState, at: str) -> Html | None:
    if of in (IntroductionState.ASKED, IntroductionState.TAKEN):
        return _("⏱ Promised by {at}", at=bold(at))
    return None


def near(_: Words, told: IntroductionNear, zone: ZoneInfo) -> Html:
    return lines(
        bold(_("⏳ Introduction no. {n} waits", n=told.introduction_id)),
        _("{member} → {partner}", member=told.member_name, partner=bold(told.partner_name)),
        _("⏱ Promised by {at}", at=bold(moment(told.due_at, zone, _.locale))),
    )


def late(_: Words, told: IntroductionLate, zone: ZoneInfo) -> Html:
    return lines(
        bold(_("🔴 Introduction no. {n} is late", n=told.introduction_id)),
        _("{member} → {partner}", member=told.member_name, partner=bold(told.partner_name)),
        _("It was promised by {at}.", at=moment(told.due_at, zone, _.locale)),
        _("The member has just been told that it takes longer. Please see to it now."),
    )


def words_wanted(_: Words, of: Case) -> Html:
    return lines(
        bold(_("What does {member} get?", member=of.member_name)),
        _("Type the introduction: whom to write to, where, and what you have told them."),
        _("Or tap the button, and they get the contact as it is kept:"),
        code(of.contact),
    )


def reason_wanted(_: Words) -> Html:
    return _("Why is it not possible? The member reads what you type.")


def settled(_: Words) -> Html:
    return _("✅ Noted. The member has been told.")


def kind_wanted(_: Words) -> Html:
    return _("➕ What does the new partner do?")


def details_wanted(_: Words, of: PartnerKind) -> Html:
    return lines(
        bold(kind(_, of)),
        _("Please type it in one message, each on a line of its own:"),
        _("1. the name"),
        _("2. tags with spaces between, such as: US SEA logistics (none: -)"),
        _("3. the contact (members get it only when you introduce them)"),
        _("4. from here on: what they do, for whom, at what terms"),
    )


def partner(_: Words, of: Partner, level: Level | None) -> Html:
    """Show a partner whole, with what members do not see."""
    tags = " ".join(f"#{tag.code}" for tag in of.tags)
    states = {
        PartnerState.DRAFT: _("📝 Not listed yet: this is what members will see."),
        PartnerState.LISTED: _("✅ Listed"),
        PartnerState.TAKEN_OFF: _("🚫 Taken off: nobody finds it."),
    }
    return lines(
        states[of.state],
        GAP,
        bold(of.name),
        _("{kind} · {tags}", kind=kind(_, of.kind), tags=tags) if tags else kind(_, of.kind),
        rating(_, of.rating, of.ratings),
        GAP,
        _("{words}", words=of.about),
        GAP,
        _("Contact: {contact}", contact=code(of.contact)),
        _("Open from {tier} on", tier=bold(named(_, level.name)))
        if level
        else _("Open to every member"),
    )


def tier_wanted(_: Words) -> Html:
    return _("From which tier on do members see more than the name?")
