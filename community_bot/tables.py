"""Every table of the community, gathered for the migrations."""

from community_bot.billing import coupon_rows as coupons
from community_bot.billing import fapiao_rows as fapiao
from community_bot.billing import refund_rows as refunds
from community_bot.billing import rows as billing
from community_bot.delivery import rows as delivery
from community_bot.inbox import rows as inbox
from community_bot.membership import admission_rows as admission
from community_bot.membership import rows as membership
from community_bot.people import rows as people
from community_bot.storage.rows import Row

ROOMS = (delivery, inbox, people, membership, billing, coupons, refunds, admission, fapiao)
METADATA = Row.metadata
