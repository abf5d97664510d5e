"""The face of community-bot: updates in, messages out. No SQL, no rules."""

import os

FACE_OF = "community-bot"

# PTB's own switch to durations as timedelta, the house's form; without it every 429 warns.
os.environ.setdefault("PTB_TIMEDELTA", "true")
