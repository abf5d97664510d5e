"""What was typed, without the differences that nobody means: width, case, script, blanks."""

import re
import unicodedata

from community_bot.faq.characters import simplified

LONGEST = 600  # signs; a question longer than this is cut, a body likewise
# Kana, ideographs and hangul: signs that stand for themselves, without spaces between them.
OWN_SIGNS = (
    (0x3040, 0x30FF),
    (0x3400, 0x9FFF),
    (0xAC00, 0xD7A3),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
OWN = "".join(f"{chr(low)}-{chr(high)}" for low, high in OWN_SIGNS)  # inside a pattern's brackets
# Nearly every Chinese text has these and nothing else that has to be normalised: replacing them
# first spares most texts the normalisation, which costs more than all the rest.
_MARKS = (("，", ","), ("？", "?"), ("！", "!"), ("：", ":"), ("；", ";"), ("（", "("), ("）", ")"))
# Every pattern begins with what is rarely met, so that long texts are passed over quickly.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
# Soft hyphen, joiners, marks of direction, variation selectors, byte order mark: of no width.
_HIDDEN = re.compile(r"[\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]+")
_SPACE = re.compile(rf"\s(?<=[{OWN}]\s)\s*(?=[{OWN}])")
_APOSTROPHE = re.compile(r"['\u2019](?<=[a-z]['\u2019])(?=[a-z])")


def plain(text: str) -> str:
    """Fold width, case, traditional characters, spaces between characters and control signs."""
    folded = _compatible(text[:LONGEST])[:LONGEST].lower()
    visible = _CONTROL.sub(" ", _HIDDEN.sub("", folded))
    joined = _SPACE.sub("", _simplified(visible))
    return _bare(_APOSTROPHE.sub("", joined))


def _compatible(text: str) -> str:
    for wide, narrow in _MARKS:
        text = text.replace(wide, narrow)
    if unicodedata.is_normalized("NFKC", text):
        return text
    return unicodedata.normalize("NFKC", text)


def _simplified(text: str) -> str:
    traditional, instead = simplified()
    return traditional.sub(lambda found: instead[found[0]], text)


def _bare(text: str) -> str:
    """Cut everything but letters, digits and characters from both ends."""
    start, end = 0, len(text)
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not text[end - 1].isalnum():
        end -= 1
    return text[start:end]
