"""Receipts of a payment app, drawn; and what phones and messengers make of their pictures."""

import io

from PIL import Image, ImageDraw, ImageFont

INK, PALE = (20, 20, 20), (130, 130, 130)


def receipt(amount: str = "-8888.00", number: str = "4200002026030211", who: str = "Wang") -> bytes:
    """Return a screenshot of a transfer as a PNG, as large as a phone's screen."""
    picture = Image.new("RGB", (1080, 2340), (255, 255, 255))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((480, 200, 600, 320), fill=(30, 170, 80))
    draw.text((380, 380), who, font=_font(48), fill=INK)
    draw.text((330, 500), amount, font=_font(110), fill=INK)
    for row, (name, value) in enumerate(_lines(number)):
        draw.text((60, 800 + 110 * row), name, font=_font(44), fill=PALE)
        draw.text((360, 800 + 110 * row), value, font=_font(44), fill=INK)
    return _saved(picture, "PNG")


def saved_anew(data: bytes, *, quality: int = 50, edge: int = 1280) -> bytes:
    """Return a picture as a messenger passes it on: smaller, and compressed once more."""
    with Image.open(io.BytesIO(data)) as picture:
        small = picture.convert("RGB")
        small.thumbnail((edge, edge))
        return _saved(small, "JPEG", quality=quality)


def _lines(number: str) -> tuple[tuple[str, str], ...]:
    """Return what stands on a receipt; the moment differs from one to the next as well."""
    day, hour, minute = int(number[-2:]) % 28 + 1, int(number[-4:-2]) % 24, int(number[-6:-4]) % 60
    moment = f"2026-03-{day:02d} {hour:02d}:{minute:02d}"
    return ("Status", "Paid"), ("Time", moment), ("To", "Co."), ("Number", number)


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size=size)


def _saved(picture: Image.Image, kind: str, **how: int) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **how)
    return file.getvalue()
