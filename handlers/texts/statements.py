"""Words about statements of accounts: what fits, and what does not, either way."""

from zoneinfo import ZoneInfo

from community_bot.billing.statement_facts import Absent, Compared, StatementLine
from handlers.texts.figures import moment, money
from handlers.texts.words import GAP, Html, Words, bold, code, lines

MOST = 10  # of each kind in one message


def wanted(_: Words) -> Html:
    return lines(
        bold(_("📄 Send me the statement as a CSV file")),
        _("· WeChat: Me → Services → Wallet → Bill → export, or the trade bill of a merchant"),
        _("· Alipay: the bill of the account, or the account statement of a business"),
        _("· Bank: the list of transactions with its numbers"),
        "",
        _(
            "Send the file as it was downloaded: Excel destroys long numbers when it saves. "
            "Nothing is approved by it; it is only compared."
        ),
    )


def compared(_: Words, of: Compared, zone: ZoneInfo) -> Html:
    """Say what was read, then everything that does not fit."""
    return lines(
        bold(_("📄 Statements against orders")),
        _("{new} new lines, {known} known already.", new=of.new, known=of.known)
        if of.new or of.known
        else None,
        _(
            "⚠️ {n} numbers were destroyed by Excel (like 4.2E+27). "
            "Please send the file as it was downloaded.",
            n=of.spoilt,
        )
        if of.spoilt
        else None,
        _("✅ {n} lines belong to an order and agree.", n=len(of.claimed) - len(of.differing)),
        *_block(
            _("❗ Other amounts than claimed: {n}", n=len(of.differing)),
            [_differing(_, one) for one in of.differing[:MOST]],
        ),
        *_block(
            _("❓ On a statement, claimed by nobody: {n}", n=len(of.unclaimed)),
            [_unclaimed(_, one, zone) for one in of.unclaimed[:MOST]],
        ),
        *_block(
            _("🚨 Approved, and on no statement of that time: {n}", n=len(of.absent)),
            [_absent(_, one, zone) for one in of.absent[:MOST]],
        ),
    )


def _block(heading: Html, shown: list[Html]) -> list[Html]:
    return [GAP, bold(heading), *shown] if shown else []


def _differing(_: Words, of: StatementLine) -> Html:
    return _(
        "· {number}: {amount} came, {expected} is claimed for order {code}",
        number=code(of.reference),
        amount=bold(money(of.amount, _.locale)),
        expected=money(of.expected, _.locale) if of.expected else "–",
        code=code(of.order_code or "–"),
    )


def _unclaimed(_: Words, of: StatementLine, zone: ZoneInfo) -> Html:
    return _(
        "· {amount} · {payer} · {moment}",
        amount=bold(money(of.amount, _.locale)),
        payer=of.payer or "–",
        moment=moment(of.came_at, zone, _.locale) if of.came_at else "–",
    )


def _absent(_: Words, of: Absent, zone: ZoneInfo) -> Html:
    return _(
        "· order {code}: {amount}, no. {number}, approved {moment}",
        code=code(of.order_code or "–"),
        amount=bold(money(of.amount, _.locale)),
        number=code(of.reference),
        moment=moment(of.received_at, zone, _.locale),
    )


def line(_: Words, of: StatementLine, zone: ZoneInfo) -> Html:
    return lines(
        bold(_("On the statement")),
        _("Amount: {amount}", amount=bold(money(of.amount, _.locale))),
        _("Transaction number: {number}", number=code(of.reference)),
        _("Came: {moment}", moment=moment(of.came_at, zone, _.locale)) if of.came_at else None,
        _("From: {payer}", payer=of.payer) if of.payer else None,
        _("Note: {note}", note=of.note) if of.note else None,
    )


def noted(_: Words, payment_id: int) -> Html:
    return _(
        "✅ Noted as payment no. {number}. You can assign it to an order now.", number=payment_id
    )


def put_aside(_: Words) -> str:
    return _.plain("It waits no more.")


def seen(_: Words, of: StatementLine | None) -> Html | None:
    """Say to an approver what the account itself says."""
    if of is None:
        return None
    amount = bold(money(of.amount, _.locale))
    if of.agrees:
        return _("📄 Seen on the statement: {amount}", amount=amount)
    return _("❗ On the statement under this number: {amount}", amount=amount)
