"""What people mean by how they write: thanks that want no answer, and notes that stay inside."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

Entity: TypeAlias = Mapping[str, Any]  # core.telegram.org/bots/api#messageentity
LONGEST_COURTESY = 8
NOTE_MARKS = ("//", "／／")
_BEFORE_WORDS = " \t\r\n\u3000,，:：、"  # between the name that is called and what is asked
_WORDS = frozenset(
    {
        *("谢谢", "多谢", "感谢", "谢啦", "谢了", "谢谢您", "谢谢你", "谢谢老师", "感谢老师", "3q"),
        *(
            "非常感谢",
            "太感谢了",
            "好的",
            "好",
            "好滴",
            "好哒",
            "好嘞",
            "好的谢谢",
            "好的老师",
            "行",
        ),
        *(
            "收到",
            "收到谢谢",
            "明白",
            "明白了",
            "懂了",
            "了解",
            "知道了",
            "嗯",
            "嗯嗯",
            "可以",
            "ok",
        ),
        *(
            "辛苦",
            "辛苦了",
            "老师辛苦了",
            "没问题",
            "没事了",
            "okay",
            "thx",
            "thanks",
            "thank",
            "ty",
        ),
        *("thankyou", "gotit", "great", "nice", "cool", "noted", "roger", "fine", "perfect"),
    }
)
_GREETINGS = frozenset(
    {
        *(
            "你好",
            "您好",
            "在吗",
            "在么",
            "在不在",
            "有人吗",
            "老师好",
            "老师您好",
            "老师在吗",
            "早",
        ),
        *("你好在吗", "您好在吗", "早上好", "中午好", "下午好", "晚上好", "哈喽", "嗨", "请问"),
        *("hi", "hello", "hey", "hithere", "goodmorning", "goodafternoon", "goodevening", "test"),
    }
)
_FILLERS = re.compile(r"[哦噢呢啦呀哈啊了哟]+$")
_THANKS = frozenset("👍👌🙏❤🌹🎉😊🤝💪👏🥰😄😁💐🫡")


def is_courtesy(content: str, text: str | None) -> bool:
    """Say whether a message only thanks or agrees: it wants no answer and starts no clock."""
    if content == "sticker":
        return True
    if content != "text" or not text:
        return False
    bare = _bare(text)
    if not bare:
        return any(sign in _THANKS for sign in text)
    if len(bare) > LONGEST_COURTESY:
        return False
    return "?" not in text and "？" not in text and _is_thanks(bare)


def _bare(text: str) -> str:
    """Return letters and numbers alone, small."""
    return "".join(sign for sign in text if unicodedata.category(sign)[0] in "LN").lower()


def _is_thanks(bare: str) -> bool:
    return bare in _WORDS or _FILLERS.sub("", bare) in _WORDS


def is_greeting(content: str, text: str | None) -> bool:
    """Say whether a message only greets: nobody is to be called for it, and nothing used up."""
    if content != "text" or not text:
        return False
    bare = _bare(text)
    return bare in _GREETINGS or _FILLERS.sub("", bare) in _GREETINGS


def is_note(text: str | None) -> bool:
    """Say whether a mentor marked a message as internal."""
    return text is not None and text.lstrip().startswith(NOTE_MARKS)


def behind(head: str, text: str, entities: Sequence[Entity]) -> tuple[str, tuple[Entity, ...]]:
    """Return the words behind a head, and their formatting where it is then."""
    words = text.removeprefix(head).lstrip(_BEFORE_WORDS)
    gone = _length(text) - _length(words)
    kept = [one for one in entities if one["offset"] + one["length"] > gone]
    return words, tuple(_moved(one, gone) for one in kept)


def _moved(entity: Entity, by: int) -> Entity:
    end = entity["offset"] + entity["length"] - by
    start = max(0, entity["offset"] - by)
    return {**entity, "offset": start, "length": end - start}


def _length(text: str) -> int:
    """Count as Telegram counts: in UTF-16, core.telegram.org/bots/api#messageentity."""
    return len(text.encode("utf-16-le")) // 2
