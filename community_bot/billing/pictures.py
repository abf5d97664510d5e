"""What a picture looks like, in little: the same one is known again when it was saved anew.

It is a hint for whoever looks into the account, and decides nothing.
"""

import io

from PIL import Image, UnidentifiedImageError

COLUMNS, ROWS = 24, 48  # fewer, and two receipts of one app are the same grey sheet
SHADES_APART = 8  # less is the grain of a JPEG
FIELDS_APART = 4
LEAST_CONTRAST = 24  # a picture with nothing on it looks like every other one


def look_of(data: bytes) -> str | None:
    """Return a picture as a few grey fields, in hexadecimal; None for what is no picture."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            small = picture.convert("L").resize((COLUMNS, ROWS), Image.Resampling.BOX)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError):
        return None
    fields = small.tobytes()
    return fields.hex() if max(fields) - min(fields) >= LEAST_CONTRAST else None


def look_alike(one: str, other: str) -> bool:
    """Say whether two pictures look the same, but for the marks of another size or compression."""
    if len(one) != len(other):
        return False
    apart = 0
    for field, its in zip(bytes.fromhex(one), bytes.fromhex(other), strict=True):
        if abs(field - its) > SHADES_APART:
            apart += 1
            if apart > FIELDS_APART:
                return False
    return True
