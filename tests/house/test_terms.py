"""The words of the terms are those of their version: who agreed knows to what."""

import hashlib

import pytest

from community_bot.billing import terms_rules
from handlers.texts import home
from handlers.texts.words import words

# Changed words want another version in terms_rules, and their digest here.
DIGESTS = {
    "2026-11": {"zh_CN": "9e1fadb0ed32", "en": "a6111ad87019"},
    "2026-12": {"zh_CN": "51e3ce9fd095", "en": "eb9e39240829"},
}


@pytest.mark.parametrize("locale", ["zh_CN", "en"])
def test_other_words_are_another_version(locale: str) -> None:
    said = "\n".join(home.rules(words(locale)))

    digest = hashlib.sha256(said.encode()).hexdigest()[:12]

    assert DIGESTS[terms_rules.CURRENT][locale] == digest
