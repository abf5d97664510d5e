"""Whether the package `handlers` that Python finds is ours: its name is a common one."""

import importlib
from types import ModuleType

OURS = "community-bot"


def mistake() -> str | None:
    """Return what is wrong with the face, naming the file, or None when it is ours."""
    try:
        found = importlib.import_module("handlers")
    except ImportError as error:
        return f"handlers: cannot be imported ({error}); install community-bot again"
    if getattr(found, "FACE_OF", None) == OURS:
        return None
    return (
        f"handlers: {_place_of(found)} belongs to something else; "
        "install community-bot in an environment of its own"
    )


def _place_of(found: ModuleType) -> str:
    return found.__file__ or ", ".join(found.__path__)
