"""What people call the columns of a table, in Chinese too: data, not code."""

import re
from functools import cache
from importlib.resources import files

from community_bot.faq.folding import plain
from community_bot.faq.vocabulary import read_groups

_ASIDE = re.compile(r"\(.*|[*:]+$")  # "aliases (with commas)", "question*"


def column(typed: str) -> str:
    """Return our name of the column with this heading, or the heading where we know none.

    One that names a column in several ways ("aliases/other wordings") is read by each of them.
    """
    heading = typed.strip().lower()
    known = _known()
    ways = [_ASIDE.sub("", part.strip()).strip() for part in plain(typed).split("/")]
    meant = {known.get(way, "") for way in ways}
    return known.get(heading) or (meant.pop() if len(meant) == 1 else "") or heading


@cache
def _known() -> dict[str, str]:
    text = (files("community_bot.faq") / "words" / "headings.txt").read_text(encoding="utf-8")
    return {way: names[0] for names in read_groups(text) for way in (names[0], *map(plain, names))}
