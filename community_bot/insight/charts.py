"""Pictures of figures, as PNG: words stand in the message, so no font has to know Chinese."""

import functools
import io
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

from community_bot.insight.notices import DayFigures, DeskDigest

WIDTH, HEIGHT = 960, 540
TWICE = 2  # drawn twice as large and made smaller: smooth edges
MARGIN, FOOT, TOP = 72, 84, 104
ASKED, ANSWERED = "#2f6df6", "#22b07d"
INK, PALE, LINE, PAPER = "#1d2430", "#7a8494", "#e6e9ef", "#ffffff"
STEPS = (1, 2, 5)
MOST_LINES = 5
BAR, GAP = 0.30, 0.05  # of the width of a day


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where a number stands on the picture."""

    top: int
    step: int

    def y(self, value: float) -> int:
        room = HEIGHT - TOP - FOOT
        return round((HEIGHT - FOOT - room * value / self.top) * TWICE)


@functools.lru_cache(maxsize=2)  # the same week is sent to several people
def week(digest: DeskDigest) -> bytes:
    """Draw what was asked and answered on each day of the week, and the share in time."""
    image = Image.new("RGB", (WIDTH * TWICE, HEIGHT * TWICE), PAPER)
    pen = ImageDraw.Draw(image)
    scale = scale_of([max(day.opened, day.answered) for day in digest.days])
    _legend(pen, digest)
    _grid(pen, scale)
    for number, day in enumerate(digest.days):
        _bars(pen, scale, number, day, days=len(digest.days))
    small = image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    small.save(written, "PNG", optimize=True)
    return written.getvalue()


def scale_of(values: Sequence[int]) -> _Scale:
    """Return a scale of few round numbers that has room for the highest value."""
    highest = max([*values, 1])
    step, power = 1, 1
    while highest > step * MOST_LINES:
        position = STEPS.index(step // power)
        power *= 10 if position == len(STEPS) - 1 else 1
        step = STEPS[(position + 1) % len(STEPS)] * power
    return _Scale(-(-highest // step) * step, step)


def _legend(pen: ImageDraw.ImageDraw, digest: DeskDigest) -> None:
    """Say with signs that need no language what is what: ? is asked, a tick is answered."""
    answered = sum(day.answered for day in digest.days)
    _key(pen, MARGIN, ASKED, f"?  {digest.opened}")
    _tick(pen, _key(pen, MARGIN + 170, ANSWERED, f"     {answered}"))
    if digest.on_time is not None:
        share = f"{digest.on_time:.0%}"
        pen.text(
            ((WIDTH - MARGIN) * TWICE, 58 * TWICE), share, fill=INK, font=font(40), anchor="rm"
        )
        _clock(pen, WIDTH - MARGIN - round(pen.textlength(share, font(40)) / TWICE) - 34)


def _key(pen: ImageDraw.ImageDraw, x: int, colour: str, text: str) -> int:
    box = (x * TWICE, 46 * TWICE, (x + 24) * TWICE, 70 * TWICE)
    pen.rounded_rectangle(box, 6 * TWICE, fill=colour)
    pen.text(((x + 38) * TWICE, 58 * TWICE), text, fill=INK, font=font(30), anchor="lm")
    return x + 38


def _tick(pen: ImageDraw.ImageDraw, x: int) -> None:
    points = [(x, 58), (x + 8, 67), (x + 24, 46)]
    scaled = [(left * TWICE, top * TWICE) for left, top in points]
    pen.line(scaled, fill=INK, width=4 * TWICE, joint="curve")


def _clock(pen: ImageDraw.ImageDraw, x: int) -> None:
    centre, radius = (x * TWICE, 58 * TWICE), 17 * TWICE
    box = (centre[0] - radius, centre[1] - radius, centre[0] + radius, centre[1] + radius)
    pen.ellipse(box, outline=INK, width=4 * TWICE)
    hands = [(centre[0], centre[1] - 10 * TWICE), centre, (centre[0] + 8 * TWICE, centre[1])]
    pen.line(hands, fill=INK, width=3 * TWICE, joint="curve")


def _grid(pen: ImageDraw.ImageDraw, scale: _Scale) -> None:
    for value in range(0, scale.top + 1, scale.step):
        y = scale.y(value)
        pen.line((MARGIN * TWICE, y, (WIDTH - MARGIN) * TWICE, y), fill=LINE, width=TWICE)
        pen.text(((MARGIN - 14) * TWICE, y), str(value), fill=PALE, font=font(20), anchor="rm")


def _bars(
    pen: ImageDraw.ImageDraw, scale: _Scale, number: int, day: DayFigures, *, days: int
) -> None:
    """Draw a day's two bars, with their numbers above and the date below."""
    width = (WIDTH - 2 * MARGIN) / days
    centre = MARGIN + width * (number + 0.5)
    for side, value, colour in ((-1, day.opened, ASKED), (1, day.answered, ANSWERED)):
        near, far = width * GAP / 2, width * (GAP / 2 + BAR)
        left, right = sorted((centre + side * near, centre + side * far))
        if value:
            box = (left * TWICE, scale.y(value), right * TWICE, scale.y(0))
            radius = min(8 * TWICE, (box[3] - box[1]) / 2)
            pen.rounded_rectangle(box, radius, fill=colour, corners=(True, True, False, False))
            above = ((left + right) / 2 * TWICE, scale.y(value) - 6 * TWICE)
            pen.text(above, str(value), fill=INK, font=font(20), anchor="mb")
    below = (centre * TWICE, (HEIGHT - FOOT + 30) * TWICE)
    text = f"{day.day.month}/{day.day.day}"
    pen.text(below, text, fill=PALE, font=font(24), anchor="mm")


def font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Return the font that comes with Pillow: digits and Latin letters, without a file of ours."""
    return ImageFont.load_default(size * TWICE)
