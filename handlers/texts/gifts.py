"""Words of gifts and of codes that give a membership."""

from zoneinfo import ZoneInfo

from community_bot.billing.notices import GiftReady
from handlers.texts.joining import named
from handlers.texts.words import Html, Words, bold, code, lines


def gift_ready(_: Words, told: GiftReady, _zone: ZoneInfo) -> Html:
    return lines(
        bold(_("🎁 Your gift is ready")),
        _(
            "{tier} · order {code}",
            tier=bold(named(_, told.tier_name)),
            code=code(told.order_code),
        ),
        _("The code: {code}", code=code(told.code)),
        "",
        _("Whoever opens it first has it, so pass it on to one person only."),
    )
