"""What was typed, without the differences that nobody means: width, case, script, blanks."""

import re
import unicodedata

from community_bot.faq.characters import simplified

LONGEST = 600  # signs; a question longer than this is cut, a body likewise
# Ideographs, kana and hangul: signs that stand for themselves, without spaces between them.
OWN = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
# Soft hyphen, joiners, marks of direction, variation selectors, byte order mark: of no width.
_HIDDEN = re.compile(r"[\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]+")
_SPACE = re.compile(rf"(?<=[{OWN}])\s+(?=[{OWN}])")
_EDGE = re.compile(r"^[\W_]+|[\W_]+$")
_APOSTROPHE = re.compile(r"(?<=[a-z])['\u2019](?=[a-z])")


def plain(text: str) -> str:
    """Fold width, case, traditional characters, spaces between characters and control signs."""
    folded = unicodedata.normalize("NFKC", text[:LONGEST])[:LONGEST].lower()
    visible = _CONTROL.sub(" ", _HIDDEN.sub("", folded))
    joined = _SPACE.sub("", visible.translate(simplified()))
    return _EDGE.sub("", _APOSTROPHE.sub("", joined))
