"""Joining by link and request, leaving, banning, restricting, promoting, tagging."""

from datetime import timedelta
from typing import Any

import pytest
from telegram import Bot, ChatMemberRestricted, ChatPermissions
from telegram.error import BadRequest

from community_bot.clock import StandingClock
from community_bot.sandbox.refusals import Refused

Town = Any
Api = Any


async def test_a_request_to_join_is_told_and_approved(bot: Bot, town: Town) -> None:
    # given
    link = await bot.create_chat_invite_link(town.forum.id, name="年费", creates_join_request=True)
    request = town.world.request_join(town.member, link.invite_link)

    # when
    (update,) = await bot.get_updates()
    await bot.approve_chat_join_request(town.forum.id, town.member.id)

    # then
    asked = update.chat_join_request
    assert asked is not None
    assert asked.invite_link is not None
    assert (asked.user_chat_id, asked.invite_link.name) == (town.member.id, "年费")
    assert request.state == "approved"
    assert (await bot.get_chat_member(town.forum.id, town.member.id)).status == "member"


async def test_somebody_who_asks_to_join_can_be_written_to_for_five_minutes(
    api: Api, town: Town, clock: StandingClock
) -> None:
    # given a stranger who never opened the chat with the bot
    stranger = town.world.add_person("王芳")
    link = town.world.new_link(town.forum, town.world.bot, creates_join_request=True)
    town.world.request_join(stranger, link)

    # when
    clock.pass_(timedelta(minutes=6))
    late = await api.ask("sendMessage", chat_id=stranger.id, text="请先申请")
    clock.pass_(-timedelta(minutes=3))
    early = await api.ask("sendMessage", chat_id=stranger.id, text="请先申请")

    # then
    assert late["description"] == "Forbidden: bot can't initiate conversation with a user"
    assert early["ok"]


@pytest.mark.parametrize("method", ["approveChatJoinRequest", "declineChatJoinRequest"])
async def test_a_request_that_nobody_made_is_missing(api: Api, town: Town, method: str) -> None:
    answer = await api.ask(method, chat_id=town.forum.id, user_id=town.member.id)

    assert answer["description"] == "Bad Request: HIDE_REQUESTER_MISSING"


async def test_somebody_who_is_inside_already_is_a_participant(api: Api, town: Town) -> None:
    town.world.join(town.member, town.forum)

    answer = await api.ask("approveChatJoinRequest", chat_id=town.forum.id, user_id=town.member.id)

    assert answer["description"] == "Bad Request: USER_ALREADY_PARTICIPANT"


async def test_a_link_for_one_lets_one_in(bot: Bot, town: Town) -> None:
    # given
    link = await bot.create_chat_invite_link(town.channel.id, member_limit=1)
    town.world.join(town.member, link.invite_link)

    # when
    other = town.world.add_person("王芳")

    # then
    with pytest.raises(Refused, match="INVITE_HASH_EXPIRED"):
        town.world.join(other, link.invite_link)


async def test_a_revoked_or_expired_link_lets_nobody_in(
    bot: Bot, town: Town, clock: StandingClock
) -> None:
    # given
    revoked = await bot.create_chat_invite_link(town.channel.id)
    await bot.revoke_chat_invite_link(town.channel.id, revoked.invite_link)
    expired = await bot.create_chat_invite_link(
        town.channel.id, expire_date=clock.now() + timedelta(hours=1)
    )
    clock.pass_(timedelta(hours=2))

    # then
    for link in (revoked, expired):
        with pytest.raises(Refused, match="INVITE_HASH_EXPIRED"):
            town.world.join(town.member, link.invite_link)


async def test_a_link_cannot_both_ask_and_count(api: Api, town: Town) -> None:
    answer = await api.ask(
        "createChatInviteLink", chat_id=town.forum.id, member_limit=1, creates_join_request=True
    )

    assert answer["description"] == (
        "Bad Request: member limit can't be specified for links requiring administrator approval"
    )


async def test_a_bot_cannot_revoke_the_link_of_somebody_else(api: Api, town: Town) -> None:
    link = town.world.new_link(town.forum, town.owner)

    answer = await api.ask("revokeChatInviteLink", chat_id=town.forum.id, invite_link=link.url)

    assert answer["description"] == "Bad Request: CHAT_ADMIN_REQUIRED"


async def test_an_exported_link_ends_the_one_before(bot: Bot, town: Town) -> None:
    first = await bot.export_chat_invite_link(town.forum.id)
    second = await bot.export_chat_invite_link(town.forum.id)

    assert town.world.link(first).is_revoked
    assert (await bot.get_chat(town.forum.id)).invite_link == second


async def test_unbanning_throws_out_who_is_inside(bot: Bot, town: Town) -> None:
    # given
    town.world.join(town.member, town.forum)
    await bot.get_updates(allowed_updates=["chat_member"])

    # when
    await bot.unban_chat_member(town.forum.id, town.member.id)

    # then the person is out, may come back, and the bot saw both steps
    updates = await bot.get_updates()
    steps = [each.chat_member.new_chat_member.status for each in updates if each.chat_member]
    assert steps[-2:] == ["kicked", "left"]
    assert town.world.join(town.member, town.forum).is_present


async def test_unbanning_only_the_banned_leaves_the_others_alone(bot: Bot, town: Town) -> None:
    town.world.join(town.member, town.forum)

    await bot.unban_chat_member(town.forum.id, town.member.id, only_if_banned=True)

    assert town.forum.members[town.member.id].status == "member"


async def test_a_ban_for_a_time_ends_by_itself(bot: Bot, town: Town, clock: StandingClock) -> None:
    # given
    town.world.join(town.member, town.forum)
    until = clock.now() + timedelta(days=1)
    await bot.ban_chat_member(town.forum.id, town.member.id, until_date=until)

    # when
    before = (await bot.get_chat_member(town.forum.id, town.member.id)).status
    clock.pass_(timedelta(days=2))
    after = (await bot.get_chat_member(town.forum.id, town.member.id)).status

    # then
    assert (before, after) == ("kicked", "left")


async def test_a_restricted_member_reads_and_does_not_write(bot: Bot, town: Town) -> None:
    # given
    town.world.join(town.member, town.forum)

    # when
    await bot.restrict_chat_member(town.forum.id, town.member.id, ChatPermissions.no_permissions())

    # then
    member = await bot.get_chat_member(town.forum.id, town.member.id)
    assert isinstance(member, ChatMemberRestricted)
    assert member.is_member
    assert not member.can_send_messages
    with pytest.raises(Refused, match="CHAT_WRITE_FORBIDDEN"):
        town.world.send_text(town.member, town.forum, "你好")


async def test_permissions_given_back_make_a_member_again(bot: Bot, town: Town) -> None:
    town.world.join(town.member, town.forum)
    town.world.restrict(town.owner, town.forum, town.member, {})

    await bot.restrict_chat_member(town.forum.id, town.member.id, ChatPermissions.all_permissions())

    assert town.forum.members[town.member.id].status == "member"


@pytest.mark.parametrize(
    ("method", "refusal"),
    [
        ("banChatMember", "can't remove chat owner"),
        ("restrictChatMember", "can't remove chat owner"),
        ("promoteChatMember", "can't remove chat owner"),
    ],
)
async def test_the_owner_is_safe_from_the_bot(
    api: Api, town: Town, method: str, refusal: str
) -> None:
    answer = await api.ask(method, chat_id=town.forum.id, user_id=town.owner.id, permissions={})

    assert answer["description"] == f"Bad Request: {refusal}"


async def test_an_administrator_made_by_a_person_is_safe_from_the_bot(api: Api, town: Town) -> None:
    town.world.join(town.member, town.forum)
    town.world.promote(town.owner, town.forum, town.member, ["can_delete_messages"])

    answer = await api.ask("banChatMember", chat_id=town.forum.id, user_id=town.member.id)

    assert answer["description"] == "Bad Request: user is an administrator of the chat"


async def test_the_bot_promotes_titles_and_demotes(bot: Bot, town: Town) -> None:
    town.world.join(town.member, town.forum)
    who = (town.forum.id, town.member.id)

    await bot.promote_chat_member(*who, can_delete_messages=True)
    await bot.set_chat_administrator_custom_title(*who, "导师")
    promoted = await bot.get_chat_member(*who)
    await bot.promote_chat_member(*who)

    assert promoted.status == "administrator"
    assert (await bot.get_chat_member(*who)).status == "member"


async def test_a_member_carries_a_tag(bot: Bot, api: Api, town: Town) -> None:
    town.world.join(town.member, town.forum)

    await bot.set_chat_member_tag(town.forum.id, town.member.id, "年费会员")
    long = await api.ask(
        "setChatMemberTag", chat_id=town.forum.id, user_id=town.member.id, tag="长" * 17
    )
    smiling = await api.ask(
        "setChatMemberTag", chat_id=town.forum.id, user_id=town.member.id, tag="好😀"
    )

    assert (await api("getChatMember", chat_id=town.forum.id, user_id=town.member.id))[
        "tag"
    ] == "年费会员"
    assert long["description"] == "Bad Request: TAG_INVALID"
    assert smiling["description"] == "Bad Request: TAG_EMOJI_NOT_ALLOWED"


async def test_chats_are_described(bot: Bot, town: Town) -> None:
    town.world.join(town.member, town.forum)

    await bot.set_chat_title(town.forum.id, "卖家问答二群")
    await bot.set_chat_description(town.forum.id, "只谈业务")
    chat = await bot.get_chat(town.forum.id)
    admins = await bot.get_chat_administrators(town.forum.id)

    assert (chat.title, chat.description, chat.is_forum) == ("卖家问答二群", "只谈业务", True)
    assert await bot.get_chat_member_count(town.forum.id) == 3
    assert {admin.status for admin in admins} == {"creator", "administrator"}


async def test_a_person_whom_the_bot_never_met_cannot_be_asked_about(bot: Bot, town: Town) -> None:
    stranger = town.world.add_person("王芳")

    with pytest.raises(BadRequest, match="Participant_id_invalid"):
        await bot.get_chat_member(town.forum.id, stranger.id)


async def test_leaving_a_chat_ends_what_the_bot_hears(bot: Bot, town: Town) -> None:
    await bot.leave_chat(town.forum.id)
    town.world.send_text(town.owner, town.forum, "还在吗")

    updates = await bot.get_updates()

    assert [update.my_chat_member is not None for update in updates] == [True]
