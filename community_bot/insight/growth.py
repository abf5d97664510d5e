"""Twelve months as a picture, PNG: members as a line, money as bars; words stand below it."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from PIL import Image, ImageDraw

from community_bot.insight.charts import INK, LINE, PALE, PAPER, TWICE, font, scale_of
from community_bot.insight.overview_facts import Month
from community_bot.money import EXPONENTS

WIDTH, HEIGHT, MARGIN = 960, 640, 72
MEMBERS, CASH, LOSS = "#2f6df6", "#22b07d", "#e5484d"
THOUSAND, TEN_THOUSAND = 1000, 10_000
DOT, BAR = 5, 0.5  # radius; share of a month's width


@dataclass(frozen=True, slots=True)
class _Panel:
    """One of the two parts of the picture, between two heights, from nought to `top`."""

    head: int
    foot: int
    top: int
    step: int

    def y(self, value: float) -> int:
        return round((self.foot - (self.foot - self.head) * value / self.top) * TWICE)


def draw(months: Sequence[Month]) -> bytes:
    """Draw members above and money below; a month in which more went than came is red."""
    image = Image.new("RGB", (WIDTH * TWICE, HEIGHT * TWICE), PAPER)
    pen = ImageDraw.Draw(image)
    upper = _panel([month.members for month in months], head=56, foot=300)
    units = [_whole(month) for month in months]
    lower = _panel([abs(one) for one in units], head=350, foot=570)
    _grid(pen, upper, str)
    _grid(pen, lower, short)
    _line(pen, upper, [month.members for month in months])
    _bars(pen, lower, units)
    for number, month in enumerate(months):
        at = (_middle(number, len(months)) * TWICE, 600 * TWICE)
        is_year = month.first_day.month == 1  # one of twelve months always is
        name = f"{month.first_day:%Y/%-m}" if is_year else str(month.first_day.month)
        pen.text(at, name, fill=INK if is_year else PALE, font=font(20), anchor="mm")
    small = image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    small.save(written, "PNG", optimize=True)
    return written.getvalue()


def short(number: int) -> str:
    """Write 12,400 as 12.4k: the picture has no room for more."""
    if number < TEN_THOUSAND:
        return f"{number:,}"
    return f"{number / THOUSAND:,.1f}".removesuffix(".0") + "k"


def _whole(month: Month) -> int:
    """Return the money of a month in whole units; the cents are not seen on a picture."""
    return round(Decimal(month.cash.minor).scaleb(-EXPONENTS[month.cash.currency]))


def _panel(values: Sequence[int], *, head: int, foot: int) -> _Panel:
    scale = scale_of(values)
    return _Panel(head, foot, scale.top, scale.step)


def _middle(number: int, of: int) -> float:
    return MARGIN + (WIDTH - 2 * MARGIN) * (number + 0.5) / of


def _grid(pen: ImageDraw.ImageDraw, panel: _Panel, written: Callable[[int], str]) -> None:
    for value in range(0, panel.top + 1, panel.step):
        y = panel.y(value)
        pen.line((MARGIN * TWICE, y, (WIDTH - MARGIN) * TWICE, y), fill=LINE, width=TWICE)
        at = ((MARGIN - 12) * TWICE, y)
        pen.text(at, written(value), fill=PALE, font=font(18), anchor="rm")


def _line(pen: ImageDraw.ImageDraw, panel: _Panel, values: Sequence[int]) -> None:
    points = [
        (round(_middle(number, len(values)) * TWICE), panel.y(value))
        for number, value in enumerate(values)
    ]
    pen.line(points, fill=MEMBERS, width=4 * TWICE, joint="curve")
    radius = DOT * TWICE
    for (x, y), value in zip(points, values, strict=True):
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=MEMBERS)
        pen.text((x, y - 12 * TWICE), short(value), fill=INK, font=font(18), anchor="mb")


def _bars(pen: ImageDraw.ImageDraw, panel: _Panel, values: Sequence[int]) -> None:
    half = (WIDTH - 2 * MARGIN) / len(values) * BAR / 2
    for number, value in enumerate(values):
        if not value:
            continue
        middle, top = _middle(number, len(values)), panel.y(abs(value))
        box = ((middle - half) * TWICE, top, (middle + half) * TWICE, panel.y(0))
        pen.rectangle(box, fill=CASH if value > 0 else LOSS)
        sign = "-" if value < 0 else ""
        at = (middle * TWICE, top - 6 * TWICE)
        pen.text(at, sign + short(abs(value)), fill=INK, font=font(18), anchor="mb")
