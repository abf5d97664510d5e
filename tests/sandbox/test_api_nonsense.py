"""Whatever nonsense is said to the server, it answers in Telegram's words and stays up."""

from random import Random
from typing import Any

import pytest

from community_bot.sandbox.api.methods import METHODS

Town = Any
Api = Any
_SAID = (
    "chat_id from_chat_id message_id message_ids text caption parse_mode entities reply_markup "
    "reply_parameters media photo document user_id invite_link message_thread_id name commands "
    "scope language_code question options prices title description payload currency permissions "
    "until_date reaction results menu_button offset limit allowed_updates latitude longitude "
    "member_limit expire_date tag link_preview_options"
)
NAMES = _SAID.split()
NONSENSE: list[Any] = [
    *(0, -1, 1, 3, 1.5, None, True, "", "x", "<b>a</b>", "HTML", "MarkdownV2", "*a", "true"),
    *("[]", "{}", "[1]", "[{}]", "[null]", "null", '"s"', [1], {"a": 1}, {"type": "x"}),
    *({"message_id": "q"}, {"message_id": 1, "chat_id": {}}, [{"label": "a", "amount": "x"}]),
    *([{"type": "bold", "offset": "z"}], [{"type": "photo", "media": 5}], [{"type": "emoji"}]),
    *({"inline_keyboard": 1}, {"inline_keyboard": [[{"text": 1}]]}, {"keyboard": [[1]]}),
    {"inline_keyboard": [[{"text": "a", "copy_text": "x"}]]},
    [{"type": "article", "id": "1", "title": "t", "input_message_content": 5}],
]
QUIET = {"setwebhook", "getupdates", "leavechat"}


@pytest.mark.parametrize("method", sorted(set(METHODS) - QUIET))
async def test_nonsense_is_refused_politely(api: Api, town: Town, method: str) -> None:
    # given
    chance = Random(method)
    places = [town.private.id, town.forum.id, town.channel.id, town.group.id]

    for _ in range(40):
        # when
        said = {name: chance.choice(NONSENSE) for name in chance.sample(NAMES, 12)}
        answer = await api.ask(method, **{**said, "chat_id": chance.choice(places)})

        # then
        assert answer["ok"] or answer["error_code"] in {400, 403}
