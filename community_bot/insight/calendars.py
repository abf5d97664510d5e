"""The coming weeks as a picture, PNG: times and numbers; what they stand for is said below it."""

import io
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from PIL import Image, ImageDraw, ImageFont

from community_bot.resources.facts import Calendar, Planned

WIDTH, ROW, MARGIN, HEAD = 1050, 150, 24, 24
TWICE = 2  # drawn twice as large and made smaller: smooth edges
DAYS, MOST_OF_A_DAY, WEEKEND = 7, 3, 5
PRIVATE, OPEN, CLASH = "#2f6df6", "#22b07d", "#e5484d"
INK, PALE, LINE, PAPER = "#1d2430", "#7a8494", "#e6e9ef", "#ffffff"
REST, NOW = "#f6f7f9", "#fff3d6"
CELL = (WIDTH - 2 * MARGIN) / DAYS


def draw(of: Calendar, zone: ZoneInfo, today: date) -> bytes:
    """Draw a row a week from Monday to Sunday: blue in private, green in places, red too close."""
    height = 2 * HEAD + of.weeks * ROW
    image = Image.new("RGB", (WIDTH * TWICE, height * TWICE), PAPER)
    pen = ImageDraw.Draw(image)
    close = {one for pair in of.clashes for one in pair}
    for number in range(of.weeks * DAYS):
        day = of.from_ + timedelta(days=number)
        found = [one for one in of.planned if one.at.astimezone(zone).date() == day]
        _cell(pen, number, day, is_today=day == today)
        for place, one in enumerate(found[:MOST_OF_A_DAY]):
            _entry(pen, number, place, one, zone, is_close=one in close)
        if len(found) > MOST_OF_A_DAY:
            _more(pen, number, len(found) - MOST_OF_A_DAY)
    small = image.resize((WIDTH, height), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    small.save(written, "PNG", optimize=True)
    return written.getvalue()


def _corner(number: int) -> tuple[float, float]:
    week, weekday = divmod(number, DAYS)
    return MARGIN + weekday * CELL, HEAD + week * ROW


def _cell(pen: ImageDraw.ImageDraw, number: int, day: date, *, is_today: bool) -> None:
    left, top = _corner(number)
    fill = NOW if is_today else (REST if day.weekday() >= WEEKEND else PAPER)
    box = [left * TWICE, top * TWICE, (left + CELL) * TWICE, (top + ROW) * TWICE]
    pen.rectangle(box, fill=fill, outline=LINE, width=TWICE)
    is_named = day.day == 1 or number == 0
    text = f"{day.month}/{day.day}" if is_named else str(day.day)
    at = ((left + 10) * TWICE, (top + 8) * TWICE)
    pen.text(at, text, fill=INK if is_today or is_named else PALE, font=_font(20))


def _entry(
    pen: ImageDraw.ImageDraw,
    number: int,
    place: int,
    one: Planned,
    zone: ZoneInfo,
    *,
    is_close: bool,
) -> None:
    left, top = _corner(number)
    top += 36 + place * 34
    colour = CLASH if is_close else (PRIVATE if one.is_private else OPEN)
    box = [(left + 8) * TWICE, top * TWICE, (left + CELL - 8) * TWICE, (top + 28) * TWICE]
    pen.rounded_rectangle(box, 6 * TWICE, fill=colour)
    local = one.at.astimezone(zone)
    middle = ((left + CELL / 2) * TWICE, (top + 14) * TWICE)
    text = f"{local:%H:%M}  #{one.post_id}"
    pen.text(middle, text, fill=PAPER, font=_font(18), anchor="mm")


def _more(pen: ImageDraw.ImageDraw, number: int, count: int) -> None:
    left, top = _corner(number)
    at = ((left + CELL - 10) * TWICE, (top + 8) * TWICE)
    pen.text(at, f"+{count}", fill=PALE, font=_font(18), anchor="ra")


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Return the font that comes with Pillow: digits and Latin letters, without a file of ours."""
    return ImageFont.load_default(size * TWICE)
