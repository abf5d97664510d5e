"""The table of contents of the bot: its areas, in the order in which they are asked."""

import json

from telegram import Update
from telegram.ext import Application, ContextTypes

from community_bot.community import Community
from community_bot.delivery.pacing import Pace
from community_bot.inbox.received import Received
from community_bot.storage.unit import Cause
from handlers.context import Context, FaceApplication, Handling, Shared
from handlers.errors import on_error, report_unreadable
from handlers.gate import Bot, Gate
from handlers.member import (
    applying,
    asking,
    asking_aloud,
    asking_drafts,
    doors,
    fapiao,
    faq,
    faq_sharing,
    home,
    in_groups,
    joining,
    library,
    mine,
    partners,
    paying,
    privacy,
    proofs,
    questions,
    questions_edited,
    rating,
    receipts,
    recommending,
    redeeming,
    refunds,
    renewing,
    trust,
    waitlist,
)
from handlers.mentor import (
    answering,
    capturing,
    composing,
    duty,
    entries,
    handing,
    promoting,
    queue,
    steps,
)
from handlers.messenger import TelegramMessenger
from handlers.routing import Area, Conversation
from handlers.staff import (
    applications,
    books,
    broadcasts,
    coupons,
    deliveries,
    desk_calendar,
    desk_mentors,
    erasures,
    fapiaos,
    kb,
    kb_care,
    kb_owners,
    library_bringing,
    members,
    money,
    orders,
    places,
    posts,
    posts_choosing,
    posts_confirming,
    posts_content,
    posts_time,
    reloading,
    removals,
    schedule,
    set_aside,
    statements,
    team,
)
from handlers.staff import desk as office
from handlers.staff import library as shelves
from handlers.staff import partners as partner_desk
from handlers.staff import refunds as refund_desk
from handlers.transport import AiohttpRequest

AREAS: tuple[Area, ...] = (
    joining.AREA,
    waitlist.AREA,
    recommending.AREA,
    trust.AREA,
    redeeming.AREA,
    fapiao.AREA,
    applying.AREA,
    proofs.AREA,
    paying.AREA,
    mine.AREA,
    privacy.AREA,
    receipts.AREA,
    renewing.AREA,
    refunds.AREA,
    asking.AREA,
    asking_drafts.AREA,
    asking_aloud.AREA,
    questions.AREA,
    questions_edited.AREA,
    rating.AREA,
    faq.AREA,
    faq_sharing.AREA,
    library.AREA,
    partners.AREA,
    doors.AREA,
    orders.AREA,
    money.AREA,
    statements.AREA,
    books.AREA,
    coupons.AREA,
    fapiaos.AREA,
    members.AREA,
    erasures.AREA,
    applications.AREA,
    refund_desk.AREA,
    kb.AREA,
    kb_care.AREA,
    kb_owners.AREA,
    shelves.AREA,
    library_bringing.AREA,
    partner_desk.AREA,
    places.AREA,
    posts.AREA,
    posts_content.AREA,
    posts_choosing.AREA,
    posts_time.AREA,
    posts_confirming.AREA,
    broadcasts.AREA,
    schedule.AREA,
    reloading.AREA,
    removals.AREA,
    team.AREA,
    deliveries.AREA,
    set_aside.AREA,
    queue.AREA,
    steps.AREA,
    handing.AREA,
    composing.AREA,
    entries.AREA,
    promoting.AREA,
    duty.AREA,
    capturing.AREA,
    office.AREA,
    desk_mentors.AREA,
    desk_calendar.AREA,
    answering.AREA,
    in_groups.AREA,
    home.AREA,
)
CONVERSATION = Conversation(
    steps={
        **proofs.STEPS,
        **applying.STEPS,
        **joining.STEPS,
        **redeeming.STEPS,
        **fapiao.STEPS,
        **refunds.STEPS,
        **asking.STEPS,
        **questions.STEPS,
        **rating.STEPS,
        **orders.STEPS,
        **money.STEPS,
        **statements.STEPS,
        **books.STEPS,
        **erasures.STEPS,
        **coupons.STEPS,
        **fapiaos.STEPS,
        **members.STEPS,
        **applications.STEPS,
        **refund_desk.STEPS,
        **kb.STEPS,
        **kb_care.STEPS,
        **library.STEPS,
        **partners.STEPS,
        **partner_desk.STEPS,
        **shelves.STEPS,
        **library_bringing.STEPS,
        **composing.STEPS,
        **handing.STEPS,
        **entries.STEPS,
        **desk_calendar.STEPS,
        **team.STEPS,
        **posts.STEPS,
        **posts_content.STEPS,
        **posts_choosing.STEPS,
        **posts_time.STEPS,
        **posts_confirming.STEPS,
        **broadcasts.STEPS,
    },
    questions={
        *asking.STEPS,
        *questions.STEPS,
        *rating.STEPS,
        *orders.STEPS,
        *money.QUESTIONS,
        *coupons.STEPS,
        *statements.STEPS,
        *books.STEPS,
        *erasures.STEPS,
        *fapiaos.STEPS,
        *applications.STEPS,
        *refund_desk.STEPS,
        *library.STEPS,
        *partners.STEPS,
        *partner_desk.STEPS,
        *shelves.STEPS,
        *library_bringing.STEPS,
        *handing.QUESTIONS,
        *entries.QUESTIONS,
        *desk_calendar.STEPS,
        *team.QUESTIONS,
        *members.QUESTIONS,
        *posts.STEPS,
        *posts_content.STEPS,
        *posts_choosing.STEPS,
        *posts_time.STEPS,
        *posts_confirming.STEPS,
        *broadcasts.STEPS,
    },
    unasked=(*asking.unasked(proofs.UNASKED), *home.UNASKED),
    from_admins=library_bringing.FORWARDED,
)


class Face:
    """The bot as people meet it: one update in, its handler found, its errors turned to words."""

    def __init__(self, community: Community, pace: Pace) -> None:
        self._community = community
        self.polling = AiohttpRequest(proxy=community.config.telegram.proxy or None)
        self.bot = _bot(community, pace, self.polling)
        self.messenger = TelegramMessenger(self.bot, community, pace)
        self.application = _application(self.bot, community)

    async def open(self) -> None:
        """Ask Telegram who we are; raises telegram.error.TelegramError."""
        await self.application.initialize()

    async def close(self) -> None:
        """Close the connections too when it was never opened whole: PTB leaves them then."""
        await self.application.shutdown()
        for request in (self.bot.request, self.polling):
            await request.shutdown()

    async def handle(self, received: Received, cause: Cause) -> str | None:
        """Handle one update; return the incident's code when it was given up."""
        try:
            update = Update.de_json(json.loads(received.body), self.bot)
        except Exception as error:  # noqa: BLE001  the next update must be handled, whatever it is
            return await report_unreadable(self._community, received.update_id, error)
        handling = Handling(cause)
        shared = self.application.bot_data
        shared.handling[received.update_id] = handling
        try:
            await self.application.process_update(update)
        finally:
            del shared.handling[received.update_id]
        if handling.passing is not None:
            raise handling.passing
        return handling.incident


def _bot(community: Community, pace: Pace, polling: AiohttpRequest) -> Bot:
    telegram = community.config.telegram
    return Bot(
        token=telegram.token.get_secret_value(),
        base_url=telegram.base_url,
        base_file_url=telegram.base_file_url,
        request=AiohttpRequest(proxy=telegram.proxy or None),
        get_updates_request=polling,
        rate_limiter=Gate(pace),
    )


def _application(bot: Bot, community: Community) -> FaceApplication:
    application: FaceApplication = (
        Application.builder()
        .bot(bot)
        .updater(None)
        .job_queue(None)
        .context_types(ContextTypes(context=Context, bot_data=Shared))
        .build()
    )
    application.bot_data.community = community
    application.add_handlers(CONVERSATION.leaving, group=-1)
    for area in AREAS:
        application.add_handlers(area)
    application.add_handler(CONVERSATION.handler)
    application.add_error_handler(on_error)
    return application
