"""Money as whole minor units with their currency; no float ever touches it."""

import re
import unicodedata
from dataclasses import dataclass

from community_bot.errors import Invalid

STARS = "XTR"
# ISO 4217 exponents of what communities are paid in; XTR is Telegram's Star, which has no fraction.
EXPONENTS = {"CNY": 2, "USD": 2, "EUR": 2, "GBP": 2, "HKD": 2, "SGD": 2, "JPY": 0, "XTR": 0}
MOST = 10**11  # a thousand million yuan in fen: anything above it was typed by mistake
_AMOUNT = re.compile(r"(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<part>\d+))?")
# How people write a currency before or behind an amount; another currency's sign is a mistake.
_SIGNS = {
    "CNY": ("¥", "￥", "rmb", "cny", "元", "块", "圆", "人民币"),
    "JPY": ("¥", "￥", "jpy", "円", "日元"),
    "USD": ("$", "usd", "us$", "美元"),
    "HKD": ("$", "hkd", "hk$", "港币"),
    "SGD": ("$", "sgd", "s$"),
    "EUR": ("€", "eur", "欧元"),
    "GBP": ("£", "gbp", "英镑"),
    "XTR": ("⭐️", "⭐", "xtr"),
}


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units (fen, cents, Stars) of one currency."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if self.currency not in EXPONENTS:
            raise Invalid("currency", "unknown", known=", ".join(EXPONENTS))

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same(other).minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same(other).minor, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.minor < self._same(other).minor

    def __le__(self, other: "Money") -> bool:
        return self.minor <= self._same(other).minor

    def __bool__(self) -> bool:
        return self.minor != 0

    def _same(self, other: "Money") -> "Money":
        if other.currency != self.currency:
            raise Invalid("currency", "mixed", ours=self.currency, theirs=other.currency)
        return other


def parse_amount(text: str, currency: str) -> Money:
    """Read an amount as people type it on a phone: ￥8,888、8888.00元、８８８８.

    Raises Invalid('amount', reason) for anything that is not one positive amount with at most
    the currency's own decimals: a wrong guess here would be wrong money.
    """
    plain = unicodedata.normalize("NFKC", text).strip().lower().replace(" ", "")
    for sign in _SIGNS[currency]:
        plain = plain.removesuffix("整").removesuffix(sign).removeprefix(sign)
    found = _AMOUNT.fullmatch(plain)
    if found is None:
        raise Invalid("amount", "malformed")
    exponent = EXPONENTS[currency]
    part = found["part"] or ""
    if len(part) > exponent and part[exponent:].strip("0"):
        raise Invalid("amount", "decimals", decimals=exponent)
    digits = found["whole"].replace(",", "") + part[:exponent].ljust(exponent, "0")
    minor = int(digits) if len(digits) <= len(str(MOST)) else MOST + 1
    if minor > MOST:
        raise Invalid("amount", "too_large")
    if minor == 0:
        raise Invalid("amount", "zero")
    return Money(minor, currency)
