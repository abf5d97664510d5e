"""What an admin types about times, as a sentence from which the understood is taken out."""

import re
import unicodedata
from dataclasses import dataclass

from community_bot.errors import Invalid

LONGEST = 200
# Numbers as words, up to which people write them out.
NUMBER = (
    r"(?:\d+|[一二两三四五六七八九十]+"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
)
_CHINESE = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8}
_CHINESE |= {"九": 9, "十": 10}
_ENGLISH = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_WORDS = _CHINESE | {word: at for at, word in enumerate((*_ENGLISH, "eleven", "twelve"), start=1)}
_MOST_DIGITS = 9
# Signs in which traditional Chinese differs, where they stand in a time.
_SIMPLE = str.maketrans(
    "週個點後兩號從開時節順過間禮終發遲續雙為內鐘這總題",
    "周个点后两号从开时节顺过间礼终发迟续双为内钟这总题",
)
# Some set a space between digits and what they count: 12 月 1 日, 每 2 周.
_BESIDE_DIGITS = re.compile(
    r"(?<=\d) (?=[点时分日号月年天周个次小星礼])|(?<=[每隔第]) (?=\d)|(?<=[点时]) (?=\d+ ?分)"
)
_SIGNS = str.maketrans("、。；～﹣–—−", ",,;~----")


@dataclass(slots=True)
class Sentence:
    """What is typed, with what has been understood taken out."""

    text: str

    def take(self, pattern: str, leaving: str = " ") -> re.Match[str] | None:
        """Take out the first place that looks so."""
        found = re.search(pattern, self.text)
        if found is not None:
            self.text = f"{self.text[: found.start()]}{leaving}{self.text[found.end() :]}"
        return found

    def reword(self, pattern: str, words: str) -> None:
        """Say something the way in which the rest is read."""
        self.text = re.sub(pattern, words, self.text)


def sentence_of(text: str) -> Sentence:
    """Return what was typed in one kind of signs; raises Invalid for a novel."""
    if len(text) > LONGEST:
        raise Invalid("schedule", "not_understood")
    plain = unicodedata.normalize("NFKC", text.translate(_SIGNS)).translate(_SIGNS)
    words = " ".join(plain.translate(_SIMPLE).lower().split())
    return Sentence(_BESIDE_DIGITS.sub("", words))


def number(text: str) -> int:
    """Read 12, 十二, 二十 or twelve; raises Invalid."""
    if text.isdecimal() and len(text) <= _MOST_DIGITS:
        return int(text)
    if text in _WORDS:
        return _WORDS[text]
    tens, _, ones = text.partition("十")
    if "十" not in text or any(sign not in _CHINESE for sign in tens + ones):
        raise Invalid("schedule", "not_understood")
    return 10 * _CHINESE.get(tens, 1) + _CHINESE.get(ones, 0)
