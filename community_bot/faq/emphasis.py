"""How much of its rarity a unit keeps: words that say little by themselves keep little."""

from collections.abc import Mapping

from community_bot.faq.folding import plain
from community_bot.faq.pinyin import sound
from community_bot.faq.stemming import stem

BY_SOUND = 0.6  # of a sound that such a word has; other characters may have it as well


def read_shares(text: str) -> dict[str, float]:
    """Read lines of a share and the words that keep it; # begins a comment."""
    lines = (line.partition("#")[0].split() for line in text.splitlines())
    return {plain(word): float(share) for share, *words in filter(None, lines) for word in words}


def kept(shares: Mapping[str, float]) -> dict[str, float]:
    """Return the share that every unit keeps: stems, characters, and how these sound."""
    heard = {heard: BY_SOUND for word in shares if (heard := sound(word)) is not None}
    return heard | {stem(word): share for word, share in shares.items()}
