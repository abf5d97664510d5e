"""Every table of the community, gathered for the migrations."""

from community_bot.delivery import rows as delivery
from community_bot.inbox import rows as inbox
from community_bot.storage.rows import Row

ROOMS = (delivery, inbox)
METADATA = Row.metadata
