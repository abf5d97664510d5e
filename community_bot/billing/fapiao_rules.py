"""What may become of a fapiao that was asked for, and what is needed to issue one."""

import re
import unicodedata
from enum import StrEnum

from community_bot.errors import Invalid
from community_bot.machine import Machine

# Unified social credit codes have 18 signs, older tax numbers 15 to 20.
_TAX_NUMBER = re.compile(r"[0-9A-Z]{15,20}")
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s.]+")
LONGEST_TITLE = 128
LONGEST_EMAIL = 254


class FapiaoState(StrEnum):
    """Where a fapiao is."""

    ASKED = "asked"
    ISSUED = "issued"
    DECLINED = "declined"


class FapiaoEvent(StrEnum):
    """What happens to a fapiao."""

    ISSUE = "issue"
    DECLINE = "decline"
    ASK_AGAIN = "ask_again"


FAPIAO = Machine(
    "fapiao",
    FapiaoState.ASKED,
    {
        (FapiaoState.ASKED, FapiaoEvent.ISSUE): FapiaoState.ISSUED,
        (FapiaoState.ASKED, FapiaoEvent.DECLINE): FapiaoState.DECLINED,
        (FapiaoState.DECLINED, FapiaoEvent.ASK_AGAIN): FapiaoState.ASKED,
    },
)


def check_details(title: str, tax_number: str | None, email: str) -> tuple[str, str | None, str]:
    """Return the details as they are kept; a person needs no tax number, a company does."""
    kept_title, kept_email = title.strip(), unicodedata.normalize("NFKC", email).strip()
    if not kept_title or len(kept_title) > LONGEST_TITLE:
        raise Invalid("title", "malformed")
    if not kept_email:
        raise Invalid("email", "missing")
    if len(kept_email) > LONGEST_EMAIL or not _EMAIL.fullmatch(kept_email):
        raise Invalid("email", "malformed")
    if tax_number is None or not tax_number.strip():
        return kept_title, None, kept_email
    number = re.sub(r"\s", "", unicodedata.normalize("NFKC", tax_number)).upper()
    if not _TAX_NUMBER.fullmatch(number):
        raise Invalid("tax_number", "malformed")
    return kept_title, number, kept_email
