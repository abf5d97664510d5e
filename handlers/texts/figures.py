"""Money and moments as people write them, in their language and the community's time zone."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency

from community_bot.money import EXPONENTS, STARS, Money


def money(amount: Money, locale: str) -> str:
    """¥8,888.00; Stars as ⭐ 500."""
    if amount.currency == STARS:
        return f"⭐ {amount.minor}"
    exponent = EXPONENTS[amount.currency]
    whole = Decimal(amount.minor).scaleb(-exponent)
    return format_currency(whole, amount.currency, locale=locale)


def moment(at: datetime, zone: ZoneInfo, locale: str) -> str:
    """2026年3月2日 10:00."""
    pattern = "yyyy年M月d日 HH:mm" if locale.startswith("zh") else "d MMM yyyy, HH:mm"
    return format_datetime(at, pattern, tzinfo=zone, locale=locale)


def day(at: datetime | date, zone: ZoneInfo, locale: str) -> str:
    """2026年3月2日."""
    local = at.astimezone(zone).date() if isinstance(at, datetime) else at
    pattern = "yyyy年M月d日" if locale.startswith("zh") else "d MMM yyyy"
    return format_date(local, pattern, locale=locale)
