"""What people are told about the library and its courses: the words and the keys of each notice."""

from collections.abc import Callable
from typing import Any

from community_bot.resources.digest_notices import TopicDigest
from community_bot.resources.notices import MissedMeanwhile
from handlers.keyboards import digests as digest_keys
from handlers.keyboards import library as keys
from handlers.texts import digests as digest_texts
from handlers.texts import library as texts

TABLE: dict[type, tuple[Callable[..., Any], Callable[..., Any] | None]] = {
    TopicDigest: (digest_texts.digest, digest_keys.digest),
    MissedMeanwhile: (texts.missed_meanwhile, keys.missed_meanwhile),
}
