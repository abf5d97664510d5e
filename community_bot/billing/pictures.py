"""What a picture looks like, in little: the same one is known again when it was saved anew.

It is a hint for whoever looks into the account, and decides nothing.
"""

import base64
import io
import zlib

from PIL import Image, ImageChops, UnidentifiedImageError

COLUMNS, ROWS = 72, 156  # fewer, and two receipts of one app with one price are the same sheet
SHADES_APART = 32  # less is the grain of a JPEG
FIELDS_APART = 2
LEAST_CONTRAST = 24  # a picture with nothing on it looks like every other one


def look_of(data: bytes) -> str | None:
    """Return a picture as small grey fields, packed; None for what is no picture."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            small = picture.convert("L").resize((COLUMNS, ROWS), Image.Resampling.BOX)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError):
        return None
    fields = small.tobytes()
    if max(fields) - min(fields) < LEAST_CONTRAST:
        return None
    return base64.b85encode(zlib.compress(fields, 9)).decode()


def look_alike(one: str, other: str) -> bool:
    """Say whether two pictures look the same, but for the marks of another size or compression."""
    its, others = _small(one), _small(other)
    if its is None or others is None:
        return False
    shades = ImageChops.difference(its, others).histogram()
    return sum(shades[SHADES_APART + 1 :]) <= FIELDS_APART


def _small(look: str) -> Image.Image | None:
    """Return the little picture again; None for a look that an earlier release has kept."""
    try:
        fields = zlib.decompress(base64.b85decode(look))
        return Image.frombytes("L", (COLUMNS, ROWS), fields)
    except (ValueError, zlib.error):
        return None
