"""Which part of a long answer fits what was searched, so that it can be shown first."""

from community_bot.faq.content_rules import Content
from community_bot.faq.folding import plain as folded
from community_bot.faq.markup_rules import paragraphs
from community_bot.faq.normalising import units

LONG = 400  # signs; a shorter answer is read at a glance
SHOWN = 160  # signs of the part
LEAST = 0.34  # share of the wording that must stand in the part


def matching_part(wording: str, content: Content) -> str | None:
    """Return the part of a long answer that holds most of the wording.

    None where the answer is short, where its beginning fits as well, or where nothing fits.
    """
    parts = paragraphs(content.body)
    asked = set(units(folded(wording))) - set(units(folded(content.question)))
    if sum(map(len, parts)) < LONG or len(parts) < 2 or not asked:  # noqa: PLR2004  a part of several
        return None
    shares = [len(asked & set(units(folded(part)))) / len(asked) for part in parts]
    best = max(range(len(parts)), key=shares.__getitem__)
    if best == 0 or shares[best] < LEAST or shares[best] <= shares[0]:
        return None
    part = " ".join(parts[best].split())
    return part if len(part) <= SHOWN else part[: SHOWN - 1] + "…"
