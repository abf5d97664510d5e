"""Every notice of the core, with the function that has its words and the one that has its keys."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

from telegram import InlineKeyboardMarkup

from community_bot.billing.audit_notices import AuditFound
from community_bot.billing.notices import (
    FapiaoAsked,
    FapiaoDeclined,
    FapiaoIssued,
    GiftReady,
    MoneyWaiting,
    OrderApproved,
    OrderExpired,
    OrderPlaced,
    PaymentShort,
    PaymentUnfulfillable,
    ProofRejected,
    ProofWaiting,
    ReviewOverdue,
    SecondApprovalWanted,
)
from community_bot.billing.referral_notices import ReferralRewarded
from community_bot.billing.refund_notices import (
    RefundApproved,
    RefundAsked,
    RefundDenied,
    RefundDue,
    RefundFailed,
    RefundQuestion,
    RefundReturned,
)
from community_bot.billing.waitlist_notices import SeatFree, SeatPassed
from community_bot.business_time.notices import HolidaysUnknown
from community_bot.config.loading import Config
from community_bot.delivery.notices import DeliveryTrouble, Incident
from community_bot.faq.notices import (
    AnswerFound,
    DraftWaiting,
    EntryHandedOver,
    GapsReport,
    PolicyChanged,
    ReviewsWanted,
    ReviewWanted,
)
from community_bot.insight import charts
from community_bot.insight.notices import DeskDigest
from community_bot.membership.admission_notices import (
    ApplicationDecided,
    ApplicationWaiting,
    MembershipEnded,
    MembershipGranted,
    MembershipMoved,
)
from community_bot.membership.notices import (
    GraceBegan,
    MembershipEnding,
    PlaceFound,
    PlaceLost,
    RemovalAhead,
    RemovalsLocked,
    RemovalsStopped,
    RemovedFromSpace,
    SpaceEntered,
    SpaceRefused,
    SpaceStuck,
)
from community_bot.people.notices import DataErased, DeletionAsked, DeletionDeclined
from community_bot.resources.introduction_notices import IntroductionCard
from community_bot.resources.notices import (
    PostApproved,
    PostLate,
    PostReturned,
    PostTried,
    PostWaiting,
    PreflightTrouble,
    RunCorrected,
    RunProgress,
    RunStopped,
    TimeMissed,
)
from community_bot.tickets.escalation_notices import (
    AnswerLate,
    TicketHandedBack,
)
from handlers import (
    library_notices,
    partner_notices,
    question_notices,
    subscription_notices,
    ticket_notices,
)
from handlers.keyboards import admission as admission_keys
from handlers.keyboards import audit as audit_keys
from handlers.keyboards import ending as ending_keys
from handlers.keyboards import fapiao as fapiao_keys
from handlers.keyboards import faq as faq_keys
from handlers.keyboards import gifts as gifts_keys
from handlers.keyboards import joining as joining_keys
from handlers.keyboards import kb as kb_keys
from handlers.keyboards import kb_care as kb_care_keys
from handlers.keyboards import money as money_keys
from handlers.keyboards import orders as orders_keys
from handlers.keyboards import places as places_keys
from handlers.keyboards import posts_runs as runs_keys
from handlers.keyboards import privacy as privacy_keys
from handlers.keyboards import recommending as recommending_keys
from handlers.keyboards import refund_desk as refund_desk_keys
from handlers.keyboards import refunds as refunds_keys
from handlers.keyboards import staff as staff_keys
from handlers.keyboards import waitlist as waitlist_keys
from handlers.keyboards.making import under_a_record
from handlers.replies import Screen
from handlers.texts import admission as admission_texts
from handlers.texts import audit as audit_texts
from handlers.texts import ending as ending_texts
from handlers.texts import escalations as escalation_texts
from handlers.texts import fapiao as fapiao_texts
from handlers.texts import faq as faq_texts
from handlers.texts import gifts as gifts_texts
from handlers.texts import kb as kb_texts
from handlers.texts import kb_care as kb_care_texts
from handlers.texts import mine as mine_texts
from handlers.texts import money as money_texts
from handlers.texts import orders as orders_texts
from handlers.texts import places as places_texts
from handlers.texts import posts_notices as posts_texts
from handlers.texts import posts_runs as runs_texts
from handlers.texts import privacy as privacy_texts
from handlers.texts import receipts as receipt_texts
from handlers.texts import recommending as recommending_texts
from handlers.texts import refund_desk as refund_desk_texts
from handlers.texts import refunds as refunds_texts
from handlers.texts import staff as staff_texts
from handlers.texts import waitlist as waitlist_texts
from handlers.texts import weekly as weekly_texts
from handlers.texts import working_hours as working_hours_texts
from handlers.texts.words import Html, Words


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: their words, and what the community and its bot are called."""

    words: Words
    config: Config
    bot_username: str

    @property
    def zone(self) -> ZoneInfo:
        return self.config.community.zone


Text = Callable[[Words, Any, ZoneInfo], Html]
Keys = Callable[[Words, Any], InlineKeyboardMarkup | None]

TABLE: dict[type, tuple[Text, Keys | None]] = {
    OrderPlaced: (receipt_texts.order_placed, joining_keys.order_placed),
    ProofWaiting: (orders_texts.proof_waiting, orders_keys.look),
    SecondApprovalWanted: (orders_texts.second_approval_wanted, orders_keys.look),
    AuditFound: (audit_texts.audit_found, audit_keys.look),
    MoneyWaiting: (orders_texts.money_waiting, money_keys.look),
    OrderApproved: (receipt_texts.order_approved, joining_keys.order_approved),
    ProofRejected: (receipt_texts.proof_rejected, joining_keys.proof_again),
    PaymentShort: (receipt_texts.payment_short, joining_keys.proof_again),
    PaymentUnfulfillable: (receipt_texts.payment_unfulfillable, None),
    OrderExpired: (receipt_texts.order_expired, joining_keys.proof_again),
    ReviewOverdue: (money_texts.review_overdue, orders_keys.look),
    GiftReady: (gifts_texts.gift_ready, gifts_keys.gift_ready),
    RefundAsked: (refund_desk_texts.refund_asked, refund_desk_keys.look),
    RefundQuestion: (refunds_texts.refund_question, refunds_keys.answer),
    RefundApproved: (refunds_texts.refund_approved, refunds_keys.approved),
    RefundDenied: (refunds_texts.refund_denied, refunds_keys.denied),
    RefundReturned: (refunds_texts.refund_returned, None),
    RefundDue: (refund_desk_texts.refund_due, refund_desk_keys.returned),
    RefundFailed: (refund_desk_texts.refund_failed, refund_desk_keys.returned),
    SeatFree: (waitlist_texts.seat_free, waitlist_keys.seat_free),
    SeatPassed: (waitlist_texts.seat_passed, waitlist_keys.seat_passed),
    ReferralRewarded: (recommending_texts.rewarded, recommending_keys.rewarded),
    MembershipEnding: (ending_texts.membership_ending, ending_keys.renew),
    GraceBegan: (ending_texts.grace_began, ending_keys.renew),
    RemovalAhead: (ending_texts.removal_ahead, ending_keys.renew),
    RemovedFromSpace: (ending_texts.removed_from_space, ending_keys.renew),
    RemovalsLocked: (ending_texts.removals_locked, ending_keys.removals_locked),
    RemovalsStopped: (ending_texts.removals_stopped, ending_keys.removals_stopped),
    ApplicationWaiting: (admission_texts.application_waiting, admission_keys.look),
    ApplicationDecided: (admission_texts.application_decided, admission_keys.decided),
    MembershipGranted: (admission_texts.membership_granted, admission_keys.mine),
    MembershipEnded: (admission_texts.membership_ended, None),
    MembershipMoved: (admission_texts.membership_moved, None),
    FapiaoAsked: (fapiao_texts.fapiao_asked, fapiao_keys.look),
    FapiaoIssued: (fapiao_texts.fapiao_issued, fapiao_keys.issued),
    FapiaoDeclined: (fapiao_texts.fapiao_declined, fapiao_keys.declined),
    AnswerFound: (faq_texts.answer_found, faq_keys.answer_found),
    PolicyChanged: (faq_texts.policy_changed, faq_keys.policy_changed),
    DraftWaiting: (kb_texts.draft_waiting, kb_keys.draft_waiting),
    EntryHandedOver: (kb_texts.entry_handed_over, kb_keys.handed_over),
    GapsReport: (kb_care_texts.gaps_report, kb_care_keys.gaps_report),
    ReviewsWanted: (kb_texts.reviews_wanted, kb_keys.reviews_wanted),
    ReviewWanted: (kb_texts.review_wanted, kb_keys.review_wanted),
    SpaceEntered: (mine_texts.space_entered, None),
    SpaceRefused: (mine_texts.space_refused, joining_keys.space_refused),
    SpaceStuck: (ending_texts.space_stuck, None),
    PlaceFound: (places_texts.place_found, places_keys.place_found),
    PlaceLost: (places_texts.place_lost, None),
    HolidaysUnknown: (working_hours_texts.holidays_unknown, None),
    AnswerLate: (escalation_texts.answer_late, None),
    TicketHandedBack: (escalation_texts.ticket_handed_back, None),
    DeskDigest: (weekly_texts.desk_digest, None),
    PostTried: (posts_texts.post_tried, runs_keys.post_tried),
    PostWaiting: (posts_texts.post_waiting, runs_keys.post_waiting),
    PostApproved: (posts_texts.post_approved, None),
    PostReturned: (posts_texts.post_returned, runs_keys.post_returned),
    PreflightTrouble: (posts_texts.preflight_trouble, runs_keys.preflight_trouble),
    TimeMissed: (posts_texts.time_missed, runs_keys.time_missed),
    PostLate: (posts_texts.post_late, None),
    RunCorrected: (posts_texts.run_corrected, runs_keys.run_corrected),
    RunStopped: (posts_texts.run_stopped, runs_keys.run_stopped),
    RunProgress: (runs_texts.progress, runs_keys.progress),
    DeletionAsked: (privacy_texts.deletion_asked, privacy_keys.deletion_asked),
    DeletionDeclined: (privacy_texts.deletion_declined, None),
    DataErased: (privacy_texts.data_erased, None),
    **question_notices.TABLE,
    **ticket_notices.TABLE,
    **library_notices.TABLE,
    **partner_notices.TABLE,
    **subscription_notices.TABLE,
    DeliveryTrouble: (staff_texts.delivery_trouble, staff_keys.delivery_trouble),
    Incident: (staff_texts.incident, staff_keys.incident),
}

# Cards that ask for a decision are changed by it; everything else is a record and stays.
CARDS = (
    DeliveryTrouble,
    Incident,
    PlaceFound,
    RemovalsStopped,
    *ticket_notices.CARDS,
    IntroductionCard,
    *question_notices.CARDS,
    PostTried,
)

# What is shown above the words; drawn when it is sent, beside the loop, for it takes a while.
PICTURES: dict[type, Callable[[Any], bytes]] = {DeskDigest: charts.week}

# What is sent along: a file that somebody uploaded, by Telegram's own name for it.
DOCUMENTS: dict[type, Callable[[Any], str | None]] = {FapiaoIssued: attrgetter("file_id")}


def render(content: object, reader: Reader) -> Screen:
    """Return a notice as a screen; raises KeyError for one that nobody wrote words for."""
    text, keys = TABLE[type(content)]
    keyboard = keys(reader.words, content) if keys is not None else _link(content, reader)
    if keyboard is not None and not isinstance(content, CARDS):
        keyboard = under_a_record(keyboard)
    document = DOCUMENTS.get(type(content), _nothing)(content)
    replied = question_notices.REPLIES.get(type(content), _nothing)(content)
    said = text(reader.words, content, reader.zone)
    return Screen(
        said,
        keyboard,
        document=document,
        reply_to=replied,
        is_protected=reader.config.delivery.protect_content
        and isinstance(content, question_notices.ANSWERS),
    )


def _link(content: object, reader: Reader) -> InlineKeyboardMarkup | None:
    """Return the way from a group into the private chat."""
    keys = question_notices.LINKS.get(type(content))
    return keys(reader.words, content, reader.bot_username) if keys is not None else None


def _nothing(_content: object) -> None:
    return None
