"""Words about recommending the community to a friend."""

from zoneinfo import ZoneInfo

from community_bot.billing.referral_notices import ReferralRewarded
from community_bot.billing.referrals import Recommending
from handlers.texts.figures import day
from handlers.texts.words import Html, Words, bold, code, lines


def mine(_: Words, of: Recommending, url: str) -> Html:
    return lines(
        bold(_("🤝 Invite a friend")),
        _("Your own link: {url}", url=code(url)),
        "",
        _(
            "When a friend who is new here pays and keeps it beyond the days of full refund, "
            "{n} days are added to your membership. One level only; nobody sees who you are.",
            n=of.days,
        ),
        _("{came} came by your link, {rewarded} have stayed.", came=of.came, rewarded=of.rewarded),
    )


def welcome(_: Words, *, community: str, name: str) -> Html:
    return lines(
        _("👋 Hello {name}, this is {community}.", name=name, community=bold(community)),
        _("A member recommended us to you. Look around first: you see every price before you pay."),
    )


def rewarded(_: Words, told: ReferralRewarded, zone: ZoneInfo) -> Html:
    return lines(
        bold(_("🤝 Thank you for your recommendation")),
        _(
            "Your friend has stayed: {n} days were added, and your membership holds through {day}.",
            n=told.days,
            day=bold(day(told.until, zone, _.locale)),
        ),
    )
