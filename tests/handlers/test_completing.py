"""A Bot API server of another version may leave out what PTB demands."""

import inspect
from typing import Any

import pytest
from telegram import (
    AcceptedGiftTypes,
    Bot,
    ChatFullInfo,
    ChatMember,
    ChatMemberAdministrator,
    ChatMemberBanned,
    ChatMemberOwner,
    ChatMemberRestricted,
    Update,
)

from handlers.completing import completed_answer, completed_update
from handlers.transport import AiohttpRequest
from tests.handlers.network import TOKEN, Server, says, serving

ME = {"id": 42, "is_bot": True, "first_name": "Bot"}
GROUP = {"id": -1001, "type": "supergroup", "title": "导师"}
# The fewest rights with which an administrator of 2020 was described.
ADMIN = {"status": "administrator", "user": ME, "can_invite_users": True}


def bot_of(server: Server) -> Bot:
    address = f"http://127.0.0.1:{server.port}/bot"
    return Bot(TOKEN, base_url=address, request=AiohttpRequest())


async def test_a_chat_and_our_rights_in_it_are_read_from_an_older_server() -> None:
    async with (
        serving(says(200, {"ok": True, "result": GROUP})) as chats,
        serving(says(200, {"ok": True, "result": ADMIN})) as members,
    ):
        bots = bot_of(chats), bot_of(members)
        for bot in bots:
            await bot.request.initialize()
        chat = await bots[0].get_chat(-1001)
        member = await bots[1].get_chat_member(-1001, 42)
        for bot in bots:
            await bot.request.shutdown()

    assert chat.title == "导师"
    assert isinstance(member, ChatMemberAdministrator)
    assert member.can_invite_users
    assert not member.can_restrict_members


@pytest.mark.parametrize("status", ["creator", "administrator", "restricted", "left", "kicked"])
def test_who_came_or_went_is_read_from_an_older_server(status: str) -> None:
    raw = {
        "update_id": 1,
        "chat_member": {
            "chat": GROUP,
            "from": ME,
            "date": 1,
            "old_chat_member": {"status": status, "user": ME},
            "new_chat_member": {"status": status, "user": ME},
        },
    }

    update = Update.de_json(completed_update(raw), Bot(TOKEN))

    assert update.chat_member is not None
    assert update.chat_member.new_chat_member.status == status


def test_a_payment_and_a_press_are_read_from_an_older_server() -> None:
    paid = {
        "currency": "XTR",
        "total_amount": 5,
        "invoice_payload": "x",
        "telegram_payment_charge_id": "c",
    }
    message = {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "private"}}
    press = {"id": "1", "from": ME, "data": "home:home"}

    told = completed_update({"update_id": 1, "message": {**message, "successful_payment": paid}})
    pressed = completed_update({"update_id": 2, "callback_query": press})

    assert Update.de_json(told, Bot(TOKEN)).message
    assert Update.de_json(pressed, Bot(TOKEN)).callback_query


def test_what_the_server_says_is_left_as_it_is() -> None:
    gifts = {"unlimited_gifts": True}
    chat = {**GROUP, "accent_color_id": 3, "max_reaction_count": 11, "accepted_gift_types": gifts}
    seen: Any = completed_answer(chat)

    assert seen["accent_color_id"] == 3
    assert seen["max_reaction_count"] == 11
    assert seen["accepted_gift_types"]["unlimited_gifts"] is True
    assert completed_answer([chat]) == [chat]


@pytest.mark.parametrize(
    ("kind", "bare"),
    [
        (ChatFullInfo, GROUP),
        (AcceptedGiftTypes, None),
        (ChatMemberOwner, {"status": "creator", "user": ME}),
        (ChatMemberAdministrator, {"status": "administrator", "user": ME}),
        (ChatMemberRestricted, {"status": "restricted", "user": ME}),
        (ChatMemberBanned, {"status": "kicked", "user": ME}),
    ],
)
def test_whatever_ptb_demands_is_put_in(
    kind: type[ChatFullInfo | AcceptedGiftTypes | ChatMember], bare: dict[str, Any] | None
) -> None:
    demanded = {
        name
        for name, parameter in inspect.signature(kind).parameters.items()
        if parameter.default is inspect.Parameter.empty
    }

    whole: Any = completed_answer(bare or GROUP)

    assert demanded <= (whole if bare else whole["accepted_gift_types"]).keys()
