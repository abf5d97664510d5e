"""The notices about tickets, with the words and the keys that mentors and admins get with each."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from telegram import InlineKeyboardMarkup

from community_bot.tickets.desk_notices import (
    AnswerFailed,
    AnswerRated,
    FollowUpCame,
    MemberBack,
    MemberLost,
    QuestionEdited,
    QuestionRecalled,
    TicketCard,
    TicketEnded,
    TicketHeld,
    TicketTakenOver,
    TicketTransferred,
    TicketWoken,
    TopicControls,
)
from community_bot.tickets.escalation_notices import (
    DeadlineNear,
    LeadCalled,
    ShiftOver,
    TicketEscalated,
    TicketOffered,
    TicketUrgent,
)
from handlers.keyboards import desk as keys
from handlers.texts import desk as card_texts
from handlers.texts import desk_told as texts
from handlers.texts import escalations
from handlers.texts.words import Html, Words

Text = Callable[[Words, Any, ZoneInfo], Html]
Keys = Callable[[Words, Any], InlineKeyboardMarkup | None]

TABLE: dict[type, tuple[Text, Keys | None]] = {
    TicketOffered: (escalations.ticket_offered, keys.offered),
    TicketUrgent: (escalations.ticket_urgent, keys.urgent),
    DeadlineNear: (escalations.deadline_near, keys.near),
    TicketEscalated: (escalations.ticket_escalated, keys.escalated),
    LeadCalled: (texts.lead_called, keys.lead_called),
    ShiftOver: (escalations.shift_over, keys.shift_over),
    TicketCard: (card_texts.ticket_card, keys.card),
    TopicControls: (texts.topic_controls, keys.controls),
    FollowUpCame: (texts.follow_up_came, keys.follow_up),
    AnswerFailed: (texts.answer_failed, keys.failed),
    MemberLost: (texts.member_lost, None),
    MemberBack: (texts.member_back, keys.look),
    QuestionEdited: (texts.question_edited, keys.look),
    QuestionRecalled: (texts.question_recalled, None),
    TicketTransferred: (texts.ticket_transferred, keys.look),
    TicketHeld: (texts.ticket_held, None),
    TicketTakenOver: (texts.ticket_taken_over, None),
    TicketEnded: (texts.ticket_ended, keys.ended),
    AnswerRated: (texts.answer_rated, None),
    TicketWoken: (texts.ticket_woken, keys.look),
}
CARDS = (TicketCard,)  # changed by what happens to the ticket, never by who presses
