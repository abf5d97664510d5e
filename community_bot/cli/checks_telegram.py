"""What `doctor` asks Telegram: the token, the clock, the webhook, and the rights of the bot."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from community_bot.cli.calling import Answer, Caller, Refused, Silent
from community_bot.cli.findings import Finding, ok, warning, wrong
from community_bot.config.sections import Telegram
from community_bot.membership.facts import Space
from handlers.texts.places import wanted

SKEW = timedelta(seconds=30)
_UNAUTHORIZED, _NOT_FOUND = 401, 404


async def check(
    call: Caller, telegram: Telegram, spaces: Sequence[Space], now: datetime
) -> list[Finding]:
    """Look at everything that only Telegram knows."""
    try:
        me = await call("getMe")
    except Silent as error:
        advice = "check the network, telegram.base_url and telegram.proxy"
        return [wrong("telegram", f"cannot be reached: {error}", advice)]
    except Refused as error:
        return [_refused_token(error, telegram.base_url)]
    bot_id = int(me.result["id"])
    return [
        ok("telegram", f"answers at {telegram.base_url}"),
        ok("token", f"belongs to @{me.result['username']}"),
        clock(me, now),
        await webhook(call, telegram),
        *[await rights(call, space, bot_id) for space in spaces],
    ]


def clock(answer: Answer, now: datetime) -> Finding:
    """Compare this machine's clock with the Date of Telegram's answer."""
    if answer.at is None:
        return warning("clock", "Telegram does not say its time", "compare the clock by hand")
    skew = abs(now - answer.at)
    if skew > SKEW:
        seen = f"{skew.total_seconds():.0f} seconds from Telegram's"
        return wrong("clock", seen, "let the system set its time by NTP: deadlines depend on it")
    return ok("clock", "agrees with Telegram's")


async def webhook(call: Caller, telegram: Telegram) -> Finding:
    """Compare what Telegram does with new updates with what the configuration wants."""
    try:
        info = (await call("getWebhookInfo")).result
    except (Silent, Refused) as error:
        return warning("webhook", f"cannot be looked at: {error}", "try again in a moment")
    url = str(info.get("url", ""))
    if telegram.mode == "polling":
        if url:
            seen = "another program has set one, and updates go there"
            return warning("webhook", seen, "`run` removes it; stop the other program first")
        return ok("webhook", "none, as polling wants it")
    return _as_webhook(telegram, url, info)


async def rights(call: Caller, space: Space, bot_id: int) -> Finding:
    """Look at what the bot may do in one space."""
    what = f"rights in {space.title} ({space.role})"
    try:
        chat = (await call("getChat", chat_id=space.chat_id)).result
        member = (await call("getChatMember", chat_id=space.chat_id, user_id=bot_id)).result
    except Silent as error:
        return warning(what, f"cannot be looked at: {error}", "try again in a moment")
    except Refused as error:
        return wrong(what, str(error), "add the bot as an administrator, or unbind the space")
    if member["status"] != "administrator":
        return wrong(what, f"the bot is {member['status']}", "make it an administrator there")
    is_channel, is_forum = chat["type"] == "channel", bool(chat.get("is_forum"))
    needed = wanted(space.role, is_channel=is_channel, is_forum=is_forum)
    missing = [right for right in needed if not member.get(right)]
    if missing:
        return wrong(what, f"without {', '.join(missing)}", "give it these rights there")
    return ok(what, "complete")


def _refused_token(error: Refused, base_url: str) -> Finding:
    if error.code in (_UNAUTHORIZED, _NOT_FOUND):
        advice = "ask @BotFather for the token (/token) and put it into telegram.token"
        return wrong("token", f"Telegram does not know it at {base_url}", advice)
    return wrong("token", f"Telegram refuses: {error}", "try again in a moment")


def _as_webhook(telegram: Telegram, url: str, info: dict[str, Any]) -> Finding:
    if not url:
        return warning("webhook", "not set yet", "`run` sets it when it starts")
    if not url.startswith(telegram.webhook_url):
        return warning(
            "webhook", "set to another address", "`run` sets ours; stop the other program"
        )
    last = info.get("last_error_message")
    if last and info.get("pending_update_count"):
        return wrong(
            "webhook", f"Telegram cannot deliver: {last}", "check the address from outside"
        )
    return ok("webhook", "set to our address")
