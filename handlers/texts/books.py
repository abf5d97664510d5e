"""Words of the books: tables to take away, and the journal page by page."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from community_bot.billing.books import Page
from community_bot.billing.journal_queries import Change
from handlers.texts.figures import moment
from handlers.texts.words import GAP, Html, Words, bold, code, lines

LONGEST = 110  # characters of a reason, and of what was before and after


def home(_: Words) -> Html:
    return lines(
        bold(_("📒 Books")),
        _("Tables for Excel, every change with who and why, and the account's own statements."),
        _("Who takes a table away stands in the journal."),
    )


def table_caption(_: Words, what: str) -> Html:
    known = {
        "orders": _("Orders, as a table"),
        "payments": _("Payments, as a table"),
        "refunds": _("Refunds, as a table"),
        "members": _("Memberships, as a table"),
        "journal": _("The journal, as a table"),
    }
    return known.get(what, _("A table"))


def group(_: Words, name: str) -> str:
    known = {
        "all": _.plain("Everything"),
        "money": _.plain("Money"),
        "people": _.plain("People"),
        "settings": _.plain("Settings"),
    }
    return known.get(name, name)


def page(_: Words, of: Page, names: Mapping[int, str], zone: ZoneInfo) -> Html:
    if not of.entries:
        return lines(bold(_("📜 Journal")), _("Nothing of that kind has happened."))
    shown = [line for one in of.entries for line in _entry(_, one, names, zone)]
    return lines(bold(_("📜 Journal")), *shown)


def _entry(_: Words, of: Change, names: Mapping[int, str], zone: ZoneInfo) -> list[Html]:
    by = names.get(of.actor_id, str(of.actor_id)) if of.actor_id else _.plain("the program")
    said = [
        GAP,
        _(
            "{moment} {by}: {action} {subject} {key}",
            moment=moment(of.at, zone, _.locale),
            by=bold(by[:40]),
            action=of.action,
            subject=of.subject,
            key=code(of.subject_key),
        ),
    ]
    if of.reason:
        said.append(_("Why: {reason}", reason=of.reason[:LONGEST]))
    if of.before or of.after:
        before, after = (of.before or "–")[:LONGEST], (of.after or "–")[:LONGEST]
        said.append(_("{before} → {after}", before=before, after=after))
    return said


def search_wanted(_: Words) -> Html:
    return _("Whose journal? Type the code of an order, or the number of a person.")
