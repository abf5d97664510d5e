"""How a bot gets its updates: by asking again and again, or by naming an address."""

import asyncio
import re
from urllib.parse import urlsplit

from community_bot.sandbox.call import Call
from community_bot.sandbox.facts import Json
from community_bot.sandbox.mailbox import Mailbox, Update, Webhook
from community_bot.sandbox.refusals import Refused, bad

_LONGEST_POLL, _MOST = 50, 100  # Bot API, getUpdates; the official server waits 50 s at most
_LONGEST_SECRET = 256
_PORTS = (443, 80, 88, 8443)  # Bot API, setWebhook


async def get_updates(call: Call) -> list[Update]:
    said, mailbox = call.parameters, call.bot.mailbox
    if mailbox.webhook is not None:
        raise Refused(
            409,
            "Conflict: can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first",
        )
    _allow(call)
    mailbox.poll += 1
    mailbox.wake()
    limit = said.integer("limit", _MOST)
    limit = limit if 1 <= limit <= _MOST else _MOST
    found = mailbox.take(said.integer("offset"), limit)
    timeout = min(said.integer("timeout"), _LONGEST_POLL)
    if found or timeout <= 0:
        return found
    await _something_new(call, timeout)
    return mailbox.take(0, limit)


async def _something_new(call: Call, seconds: int) -> None:
    """Wait for an update; a newer poll or a webhook ends the wait with a conflict."""
    mailbox = call.bot.mailbox
    mine, woken = mailbox.poll, asyncio.Event()
    mailbox.listeners.append(woken.set)
    call.world.changed("polling", call.bot)
    try:
        async with asyncio.timeout(seconds):
            while not mailbox.pending:
                await woken.wait()
                woken.clear()
                _check_alone(mailbox, mine)
    except TimeoutError:
        return
    finally:
        mailbox.listeners.remove(woken.set)


def _check_alone(mailbox: Mailbox, mine: int) -> None:
    if mailbox.webhook is not None:
        raise Refused(409, "Conflict: terminated by setWebhook request")
    if mailbox.poll != mine:
        raise Refused(
            409,
            "Conflict: terminated by other getUpdates request; "
            "make sure that only one bot instance is running",
        )


def set_webhook(call: Call) -> bool:
    said, mailbox = call.parameters, call.bot.mailbox
    url = said.text("url")
    if not url:
        return delete_webhook(call)
    _check_webhook(url, said.text("secret_token"))
    _allow(call)
    if said.flag("drop_pending_updates"):
        mailbox.forget_all()
    mailbox.webhook = Webhook(url, said.text("secret_token"), said.integer("max_connections", 40))
    mailbox.wake()
    call.world.changed("webhook", call.bot)
    return True


def delete_webhook(call: Call) -> bool:
    mailbox = call.bot.mailbox
    mailbox.webhook = None
    if call.parameters.flag("drop_pending_updates"):
        mailbox.forget_all()
    return True


def get_webhook_info(call: Call) -> Json:
    mailbox = call.bot.mailbox
    said: Json = {
        "url": mailbox.webhook.url if mailbox.webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(mailbox.pending),
    }
    if mailbox.allowed_as_said:
        said["allowed_updates"] = mailbox.allowed_as_said
    if mailbox.webhook is not None:
        said["max_connections"] = mailbox.webhook.max_connections
        said["ip_address"] = mailbox.webhook.ip_address
        if mailbox.webhook.last_error_date is not None:
            said["last_error_date"] = mailbox.webhook.last_error_date
            said["last_error_message"] = mailbox.webhook.last_error_message
    return said


def log_out(_call: Call) -> bool:
    return True


def _allow(call: Call) -> None:
    """Without a word about it the bot hears what it heard before."""
    kinds = call.parameters.json("allowed_updates", "allowed updates")
    if isinstance(kinds, list):
        call.bot.mailbox.allow(kinds)


def _check_webhook(url: str, secret: str) -> None:
    """Plain HTTP is allowed on this machine only."""
    parts = urlsplit(url)
    is_local = parts.hostname in {"127.0.0.1", "localhost", "::1"}
    if parts.scheme != "https" and not (is_local and parts.scheme == "http"):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if not is_local and (parts.port or _PORTS[0]) not in _PORTS:
        raise bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    if len(secret) > _LONGEST_SECRET:
        raise bad("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad("secret token contains unallowed characters")


METHODS = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "logOut": log_out,
    "close": log_out,
}
