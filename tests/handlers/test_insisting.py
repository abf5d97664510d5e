"""What must be asked of Telegram first is asked until it answers, and not before it wants."""

import asyncio

import pytest
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TelegramError

from community_bot.errors import ConfigError
from handlers.insisting import LONGEST_WAIT, PAUSE, insist
from tests.delivery.virtual_time import in_virtual_time


def asked(*errors: TelegramError) -> list[float]:
    """Return when Telegram was asked, while it answered with these first."""
    times: list[float] = []
    left = list(errors)

    async def call() -> None:
        times.append(asyncio.get_running_loop().time())
        if left:
            raise left.pop(0)

    in_virtual_time(insist(call))
    return times


def test_telegram_is_asked_again_when_it_wants_to_be_and_not_before() -> None:
    assert asked(RetryAfter(37), RetryAfter(600)) == [0, 37, 637]


def test_a_wait_without_measure_is_broken_off() -> None:
    assert asked(RetryAfter(10**6)) == [0, LONGEST_WAIT]


def test_a_telegram_that_cannot_be_reached_is_asked_again_soon() -> None:
    assert asked(NetworkError("nobody is there"), NetworkError("nor now")) == [0, PAUSE, 2 * PAUSE]


@pytest.mark.parametrize("error", [InvalidToken("revoked"), BadRequest("bad webhook: no")])
def test_what_waiting_does_not_mend_is_the_operators_to_mend(error: TelegramError) -> None:
    with pytest.raises(ConfigError):
        asked(error)
