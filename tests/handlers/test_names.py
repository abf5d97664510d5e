"""People are called as the messenger says, and their names leave the words around them alone."""

import pytest
from telegram import User

from handlers.context import person_of


@pytest.mark.parametrize(
    ("first_name", "name"),
    [
        ("林晓", "林晓"),
        ("שלום", "שלום"),
        ("\u202e00.888,8\u202c", "00.888,8"),
        ("\u2067林\u2069", "林"),
        ("\u200f", "7"),
    ],
)
def test_a_name_turns_nothing_that_stands_beside_it(first_name: str, name: str) -> None:
    assert person_of(User(7, first_name, is_bot=False)).name == name
