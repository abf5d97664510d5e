"""`community-bot stats`: the community in figures, for an operator and for machines."""

import asyncio
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import click

from community_bot.cli import configuration
from community_bot.cli.refusals import log_faults
from community_bot.config.loading import Config
from community_bot.insight.overview import MOST_DAYS, Overviews
from community_bot.insight.overview_facts import Cash, Overview
from community_bot.money import EXPONENTS, Money
from community_bot.people.roles import Actor, Role
from community_bot.tickets.figures import Figures

MINUTE = timedelta(minutes=1)


@click.command("stats")
@click.option(
    "--days",
    type=click.IntRange(1, MOST_DAYS),
    default=30,
    show_default=True,
    help="How far to look back.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@configuration.with_config
def stats(path: Path | None, *, days: int, as_json: bool) -> None:
    """Say who came and left, what was paid, and how questions, FAQ and updates did.

    Amounts in JSON are whole minor units (fen, cents, Stars); spans are working minutes.
    """
    log_faults()
    found = asyncio.run(_stats(configuration.load(path), days))
    click.echo(json.dumps(_facts(found, days)) if as_json else _lines(found, days))


async def _stats(config: Config, days: int) -> Overview:
    async with configuration.ready(config) as community:
        operator = Actor(config.community.owners[0], frozenset({Role.OWNER}))
        return await Overviews(community).over(operator, days=days)


def _facts(of: Overview, days: int) -> dict[str, Any]:
    moved, read, out = of.movement, of.knowledge, of.updates
    return {
        "days": days,
        "until": of.until.isoformat(),
        "members": {
            "now": moved.members,
            "before": moved.before,
            "joined": moved.joined,
            "returned": moved.returned,
            "left": moved.left,
            "ending_within_30_days": moved.ending,
            "by_tier": {one.code: one.members for one in of.tiers},
        },
        "people": {"known": of.people, "unreachable": of.unreachable},
        "money": [_cash_facts(one) for one in of.cash],
        "orders": {"paid": of.orders_paid, "waiting_for_a_check": of.orders_waiting},
        "questions": _desk_facts(of.desk),
        "faq": {
            "searches": read.searches,
            "in_vain": read.in_vain,
            "helped": read.helped,
            "not_helped": read.not_helped,
        },
        "updates": {
            "posts": out.posts,
            "copies_sent": out.sent,
            "unreachable": out.unreachable,
            "unknown": out.unknown,
            "readers": out.readers,
        },
    }


def _cash_facts(of: Cash) -> dict[str, Any]:
    return {
        "currency": of.received.currency,
        "received_minor": of.received.minor,
        "returned_minor": of.returned.minor,
    }


def _desk_facts(of: Figures) -> dict[str, Any]:
    median = of.first_median
    return {
        "asked": of.opened,
        "settled": of.resolved,
        "first_answers": of.first_answers,
        "first_answers_in_time": of.on_time,
        "first_answer_median_minutes": None if median is None else round(median / MINUTE),
        "rated": of.rated,
        "praised": of.praised,
        "unclaimed_now": of.waiting,
        "late_now": of.overdue,
    }


def _lines(of: Overview, days: int) -> str:
    moved, desk, read, out = of.movement, of.desk, of.knowledge, of.updates
    tiers = ", ".join(f"{one.code} {one.members}" for one in of.tiers)
    in_time = "-" if desk.on_time is None else f"{desk.on_time:.0%}"
    rows = [
        ("members", f"{moved.members} ({moved.members - moved.before:+d})", tiers),
        ("", f"{moved.joined} joined, {moved.returned} came back, {moved.left} left", ""),
        ("", f"{moved.ending} end within 30 days", ""),
        ("people", f"{of.people} known, {of.unreachable} blocked the bot", ""),
        *(("money", f"{_plain(one.received)} received", _given_back(one)) for one in of.cash),
        ("orders", f"{of.orders_paid} paid, {of.orders_waiting} wait for a check", ""),
        ("questions", f"{desk.opened} asked, {desk.resolved} settled", f"{in_time} in time"),
        ("", f"{desk.waiting} unclaimed, {desk.overdue} late now", ""),
        ("faq", f"{read.searches} searches, {read.in_vain} in vain", ""),
        ("", f"{read.helped} helped, {read.not_helped} did not help", ""),
        ("updates", f"{out.posts} posts, {out.sent} copies arrived", ""),
        ("", f"{out.readers} people opened something, {out.unknown} copies uncertain", ""),
    ]
    heading = f"The last {days} days" if days > 1 else "The last day"
    return "\n".join(
        [
            heading,
            *(f"{name:<10} {said}{f' · {more}' if more else ''}" for name, said, more in rows),
        ]
    )


def _given_back(of: Cash) -> str:
    return f"{_plain(of.returned)} given back" if of.returned else ""


def _plain(of: Money) -> str:
    exponent = EXPONENTS[of.currency]
    if not exponent:
        return f"{of.minor:,} {of.currency}"
    whole, part = divmod(of.minor, 10**exponent)
    return f"{whole:,}.{part:0{exponent}d} {of.currency}"
