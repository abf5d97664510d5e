"""Names, numbers and addresses of shops in what sellers write, so that nobody's shop is shown.

A name has no form of its own: it is known by what stands before it (店铺名：) or behind it (旗舰店,
Store). Words that any shop may have in that place, such as TikTok in TikTok Shop, are no name.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from importlib.resources import files

Span = tuple[int, int]


def _read() -> dict[str, set[str]]:
    """Read what is no name, by its heading; # begins a comment."""
    text = (files("community_bot.faq") / "words" / "shops.txt").read_text(encoding="utf-8")
    lines = (line.partition("#")[0].split() for line in text.splitlines())
    found: dict[str, set[str]] = defaultdict(set)
    for heading, *words in filter(None, lines):
        found[heading].update(words)
    return found


_WORDS = _read()

_LATIN = r"[A-Za-z0-9][\w&'’.-]{0,38}"
_GIVEN = (
    rf"(?a:{_LATIN}(?![^\x00-\xff])(?: {_LATIN}){{0,4}}"
    r"|[^\s,，.。;；!！?？、/|<>()（）:：]{1,40})"
)
_LABELLED = re.compile(
    r"(?:店铺(?:名称?|全称)|店名|(?:shop|store|seller)[ _-]?names?)[ \t]*"
    rf"(?:[:：=]|是|叫做?|is\b(?=[ \t]*(?-i:[A-Z])))[ \t]*({_GIVEN})",
    re.IGNORECASE,
)
_ASKED = re.compile(
    "怎|吗|呢|什么|啥|如何|多少|几个|是?否|可以|不能|能不能|有没有|必须|一样|唯一|重复"
)
_NUMBERED = re.compile(
    r"(?<![A-Za-z])(?:店铺|卖家|商家|shop|store|seller|merchant)[ _-]?"
    r"(?:编号|编码|代码|token|code|ids?|号)[ \t]*(?:[:：=]|是|is\b)?[ \t]*"
    r"((?=[A-Z_-]{0,24}\d)[A-Z0-9_-]{5,40})(?![A-Za-z0-9])",
    re.IGNORECASE,
)
# 店铺：LuckyHome; what is longer, or says something, is a sentence about shops.
_BARE = (
    re.compile(rf"(?:店铺|小店)[:：][ \t]*({_GIVEN})(?=[ \t]*(?:[\n,，.。;；!！、)）]|$))"),
    re.compile(
        r"(?<![A-Za-z] )(?<![A-Za-z])(?i:store|shop)[:：][ \t]*"
        r"([A-Z][\w&'’-]{1,30}(?: [A-Z][\w&'’-]{0,30}){0,3})(?=[ \t]*(?:[\n,，.。;；!！、)）]|$))"
    ),
)
_SENTENCE = re.compile(
    "怎|吗|呢|什么|如何|多少|几|是否|可以|不能|没有|需要|被|的|了|评分|体验分|状态|后台|类型|等级|权重|流量"
    "|设置|审核|封|站$|区$|美国|英国|欧洲|日本|东南亚|全球|本土|跨境"
)
_LONGEST_BARE = 20

_SIGN = r"[\u3400-\u9fffA-Za-z0-9·&'’_-]"
_FLAGSHIP = re.compile(rf"({_SIGN}{{1,24}})(?:旗舰|专卖|专营)店")
# Where the words before a name end: nothing of these stands in front of 旗舰店 in a name.
_BEFORE = re.compile(
    "我们|你们|他们|咱们|这家|那家|一家|两家|几家|哪家|这个|那个|一个|叫做?|是|在|的|了|和|与|跟|及|或|把|被|给|去"
    "|从|到|为|让|请问?|想要?|要|做|我|你|您|他|她|开通?|买|卖|找|看|关注|搜索?|进入?|注册|申请|入驻|升级|联系"
)
_NO_BRANDS = _WORDS["brand"]
_OFFICIAL = re.compile(r"(?:品牌)?官方$")

_WORD = r"[A-Z][\w&'’-]{0,30}"
_ENGLISH = re.compile(
    rf"(?<![\w&'’-])({_WORD}(?: {_WORD}){{0,4}}) (?:Store|Shop)(?![\w'’-])", re.ASCII
)
_NO_NAMES = _WORDS["name"]
_DOUBTFUL = _WORDS["doubtful"]

_ADDRESS = re.compile(
    r"(?:https?://)?(?:[A-Za-z0-9-]{1,40}\.){1,4}[A-Za-z]{2,12}(?:/[!-;=?-~]{0,300})?"
)
_HOSTS = (
    re.compile(r"(?!(?:www|help|apps?|partners|admin|community|accounts|dev)\.)[\w-]+\.myshopify\.com"),
    re.compile(r"(?!(?:www|list|detail|service|login|pages|shoppingcart|rule|zhaoshang|import)\.)"
               r"[\w-]+\.(?:world\.)?tmall\.(?:com|hk)"),
    re.compile(r"shop\d+\.(?:world\.)?taobao\.com"),
)  # fmt: skip
_PATHS = re.compile(
    r"(?:(?:www\.)?shop\.tiktok\.com/."
    r"|(?:www\.|m\.|vm\.|vt\.)?tiktok\.com/(?:@|shop/|view/product/|Z)"
    r"|(?:[\w-]+\.)?amazon\.(?:com|ca|de|fr|it|es|nl|pl|se|sg|ae|sa|in|eg|cn|co\.uk|co\.jp|com\.\w\w)/"
    r"(?:sp\?|shops/|stores/|\S*[?&](?:seller|me|merchant|s?merchantid)=)"
    r"|(?:www\.)?ebay\.[a-z.]{2,6}/(?:usr|str)/."
    r"|(?:www\.)?etsy\.com/(?:\w\w/)?shop/."
    r"|(?:www\.)?walmart\.com/(?:global/)?seller/."
    r"|(?:[\w-]+\.)?aliexpress\.(?:com|us)/store/."
    r"|(?:www\.)?lazada\.[a-z.]{2,6}/shop/."
    r"|shopee\.[a-z.]{2,6}/shop/."
    r"|(?:www\.)?temu\.com/\S*\bmall_id="
    r"|(?:www\.)?shein\.com/store/.)",
    re.IGNORECASE,
)
_TRAILING = ".,;:!?)]}'\""

# A seller at Amazon; the sites have numbers of the same form, and these are nobody's secret.
_SELLER = re.compile(
    r"(?<![A-Za-z0-9])A(?=[A-Z]{0,12}\d)(?=\d{0,12}[A-Z])[A-Z0-9]{12,13}(?![A-Za-z0-9])"
)
_SITES = _WORDS["site"]


def shops(text: str) -> Iterator[Span]:
    """Yield where a text names a shop, by its name, its number or its address."""
    labelled = _LABELLED.finditer(text)
    yield from (found.span(1) for found in labelled if not _ASKED.search(found[1]))
    yield from (found.span(1) for found in _NUMBERED.finditer(text))
    for pattern in _BARE:
        yield from (
            found.span(1)
            for found in pattern.finditer(text)
            if len(found[1]) <= _LONGEST_BARE and not _SENTENCE.search(found[1])
        )
    yield from _named(text)
    yield from (found.span() for found in _SELLER.finditer(text) if found[0] not in _SITES)
    yield from _addresses(text)


def _named(text: str) -> Iterator[Span]:
    for found in _FLAGSHIP.finditer(text):
        start = _flagship(found[1])
        if start is not None:
            yield found.start(1) + start, found.end()
    for found in _ENGLISH.finditer(text):
        start = _english(found[1])
        if start is not None:
            yield found.start(1) + start, found.end()


def _flagship(before: str) -> int | None:
    """Return where a brand begins in what stands before 旗舰店; None where there is none."""
    start = max((word.end() for word in _BEFORE.finditer(before)), default=0)
    brand = before[start:]
    bare = _OFFICIAL.sub("", brand)
    return start if bare and bare.lower() not in _NO_BRANDS else None


def _english(before: str) -> int | None:
    """Return where a name begins in the capitalised words before Store."""
    words = before.split(" ")
    kept = [word.lower().removesuffix("'s").removesuffix("’s") for word in words]
    end = len(kept)
    while end and kept[end - 1] in _DOUBTFUL:
        end -= 1
    if not end or kept[end - 1] in _NO_NAMES:
        return None
    first = next(at for at, word in enumerate(kept) if word not in _NO_NAMES)
    return sum(len(word) + 1 for word in words[:first])


def _addresses(text: str) -> Iterator[Span]:
    for found in _ADDRESS.finditer(text):
        address = found[0].rstrip(_TRAILING)
        bare = re.sub(r"^https?://", "", address)
        host = bare.partition("/")[0].lower()
        if _PATHS.match(bare) or any(one.fullmatch(host) for one in _HOSTS):
            yield found.start(), found.start() + len(address)
