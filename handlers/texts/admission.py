"""Words about being let in, and about memberships that staff give, end and move."""

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from community_bot.membership.admission_notices import (
    ApplicationDecided,
    ApplicationWaiting,
    MembershipEnded,
    MembershipGranted,
    MembershipMoved,
)
from community_bot.membership.admission_queries import Application
from community_bot.membership.admission_rules import ApplicationState
from community_bot.membership.facts import Tier
from handlers.texts.figures import day
from handlers.texts.joining import named
from handlers.texts.words import Html, Words, bold, code, lines


def application_waiting(_: Words, told: ApplicationWaiting, _zone: ZoneInfo) -> Html:
    return lines(
        bold(_("📝 An application to read")),
        _("{name} · {tier}", name=told.member_name, tier=named(_, told.tier_name)),
    )


def application_decided(_: Words, told: ApplicationDecided, _zone: ZoneInfo) -> Html:
    tier = bold(named(_, told.tier_name))
    if told.is_admitted:
        return lines(
            _("✅ You are welcome in {tier}.", tier=tier),
            _("You can order it now: the plans are under /join."),
        )
    return lines(
        _("We cannot let you into {tier} yet.", tier=tier),
        _("Reason: {reason}", reason=told.reason) if told.reason else None,
        _("Nothing was charged. What is free is open to you, below; you may apply again."),
    )


def membership_granted(_: Words, told: MembershipGranted, zone: ZoneInfo) -> Html:
    return lines(
        _("🎉 You have been given {tier}.", tier=bold(named(_, told.tier_name))),
        _("Valid through {day} (end of the day)", day=bold(day(told.until, zone, _.locale)))
        if told.until
        else _("Valid for life"),
        _("Reason: {reason}", reason=told.reason),
    )


def membership_ended(_: Words, told: MembershipEnded, _zone: ZoneInfo) -> Html:
    return lines(
        _("Your membership {tier} has been ended.", tier=bold(named(_, told.tier_name))),
        _("Reason: {reason}", reason=told.reason),
        _("If you see it otherwise, please write to the staff: /help says to whom."),
    )


def membership_moved(_: Words, told: MembershipMoved, _zone: ZoneInfo) -> Html:
    return _(
        "The memberships of account {old} now belong to account {new}. "
        "If you did not ask for this, write to the staff at once.",
        old=code(told.from_id),
        new=code(told.to_id),
    )


def asked_first(_: Words, tier: Tier) -> Html:
    """Say before the first question what the questions are for."""
    return lines(
        bold(_("📝 Before you join {tier}", tier=named(_, tier.name))),
        _("We ask a few questions, so that this is the right place for you."),
        _("You are told at once, and pay nothing before that.")
        if all(one.choices for one in tier.admission)
        else _("A person reads your answers and tells you here. You pay nothing before that."),
    )


def question(_: Words, tier: Tier, answered: int) -> Html:
    asked = tier.admission[answered] if answered < len(tier.admission) else None
    return lines(
        _("Question {n} of {all}:", n=answered + 1, all=len(tier.admission)),
        bold(named(_, asked.name)) if asked else None,
        "",
        _("Please tap your answer.") if asked and asked.choices else _("Please type your answer."),
    )


def applied(_: Words, tier: Tier, sent: Application) -> Html:
    if sent.state is not ApplicationState.SUBMITTED:
        return _("✅ Thank you, that is all. What it means for you follows right here.")
    return _(
        "✅ Your answers for {tier} have been sent. A person reads them; you are told here.",
        tier=bold(named(_, tier.name)),
    )


def waiting(_: Words, found: Sequence[Application], names: Mapping[int, str]) -> Html:
    if not found:
        return _("✅ No application waits to be read.")
    shown = [
        _(
            "· No. {number}: {name} · {tier}",
            number=one.application_id,
            name=names.get(one.member_id, str(one.member_id)),
            tier=one.tier_code,
        )
        for one in found[:20]
    ]
    return lines(bold(_("📝 Applications: {n}", n=len(found))), *shown)


def application(_: Words, one: Application, tier: Tier, name: str) -> Html:
    """Show an application whole: who, and every question with its answer."""
    said = [
        part
        for wanted, answer in zip(tier.admission, one.answers, strict=False)
        for part in (bold(named(_, wanted.name)), _("{answer}", answer=answer[:700]))
    ]
    return lines(
        bold(_("📝 Application no. {number}", number=one.application_id)),
        _("Member: {name} ({number})", name=name, number=code(one.member_id)),
        _("Tier: {tier}", tier=named(_, tier.name)),
        "",
        *said[:10],
    )


def decline_wanted(_: Words, number: int) -> Html:
    return _("Application no. {number}: why not yet? The applicant reads it.", number=number)


def decided(_: Words, one: Application) -> Html:
    if one.state is ApplicationState.ADMITTED:
        return _("✅ Application no. {number} is admitted.", number=one.application_id)
    return _("Application no. {number} is declined.", number=one.application_id)
