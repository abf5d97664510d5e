"""Words of the figures that anybody may see."""

from datetime import timedelta

from community_bot.billing.trust import ENOUGH, Figures, Share
from handlers.texts.words import Html, Words, bold, lines


def figures(_: Words, of: Figures, community: str) -> Html:
    return lines(
        bold(_("📊 {community} in figures", community=community)),
        _("Counted from what happened in the last 365 days; nobody can change them by hand."),
        "",
        _("· Members now: {n}", n=bold(of.members)),
        _("· Orders paid: {n}", n=bold(of.orders)),
        _("· Money given back for: {share} of them", share=_share(_, of.refunded)),
        _("· Refunds asked for: {n}", n=bold(of.asked_back)),
        _("· Decided in favour: {share}", share=_share(_, of.approved)),
        _("· Half of them decided within {hours} hours", hours=bold(_hours(of.decided_within)))
        if of.decided_within is not None
        else None,
        _("· Answers in the promised time: {share}", share=_share(_, of.answered_in_time))
        if of.answered_in_time is not None
        else None,
    )


def _share(_: Words, of: Share) -> Html:
    if of.percent is None:
        return _("(fewer than {n}: too few to say)", n=ENOUGH)
    return bold(_("{percent} %", percent=of.percent))


def _hours(of: timedelta) -> int:
    return max(1, round(of.total_seconds() / 3600))
