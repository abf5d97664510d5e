"""Every table of the community, gathered for the migrations."""

from community_bot.billing import coupon_rows as coupons
from community_bot.billing import fapiao_rows as fapiao
from community_bot.billing import lesson_rows as lessons
from community_bot.billing import referral_rows as referrals
from community_bot.billing import refund_rows as refunds
from community_bot.billing import rows as billing
from community_bot.billing import statement_rows as statements
from community_bot.billing import subscription_rows as subscriptions
from community_bot.billing import terms_rows as terms
from community_bot.billing import waitlist_rows as waitlist
from community_bot.business_time import rows as business_time
from community_bot.delivery import rows as delivery
from community_bot.faq import rows as faq
from community_bot.faq import usage_rows as faq_usage
from community_bot.inbox import rows as inbox
from community_bot.membership import admission_rows as admission
from community_bot.membership import mark_rows as marks
from community_bot.membership import rows as membership
from community_bot.people import erasure_rows as erasures
from community_bot.people import rows as people
from community_bot.resources import course_rows as courses
from community_bot.resources import digest_rows as digests
from community_bot.resources import partner_rows as partners
from community_bot.resources import post_rows as posts
from community_bot.resources import rows as library
from community_bot.storage.rows import Row
from community_bot.tickets import mentor_rows as mentors
from community_bot.tickets import message_rows as said
from community_bot.tickets import rows as tickets

ROOMS = (
    delivery,
    inbox,
    people,
    membership,
    billing,
    coupons,
    refunds,
    subscriptions,
    admission,
    fapiao,
    faq,
    faq_usage,
    business_time,
    mentors,
    tickets,
    said,
    marks,
    statements,
    waitlist,
    referrals,
    erasures,
    lessons,
    terms,
    library,
    posts,
    courses,
    partners,
    digests,
)
METADATA = Row.metadata
