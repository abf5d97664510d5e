"""Business time and mentors: dates set apart, skills, duty, offers and used-up promises.

Safe with the previous release running: it only adds tables.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008_business_time"
down_revision = "0007_delivery_cards"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_exceptions",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("hours", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(length=128), nullable=False),
        sa.Column("set_by", sa.BigInteger(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_calendar_exceptions")),
    )
    op.create_table(
        "mentors",
        sa.Column("mentor_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("stage_name", sa.String(length=64), nullable=True),
        sa.Column("cap", sa.Integer(), nullable=True),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("markets", sa.JSON(), nullable=False),
        sa.Column("tiers", sa.JSON(), nullable=False),
        sa.Column("duty", sa.String(32), nullable=False),
        sa.Column("on_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("away_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("week", sa.JSON(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=True),
        sa.Column("off_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("goes_on", sa.Boolean(), nullable=False),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("mentor_id", name=op.f("pk_mentors")),
    )
    op.create_table(
        "mentor_exclusions",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("mentor_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("set_by", sa.BigInteger(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["mentor_id"],
            ["mentors.mentor_id"],
            name=op.f("fk_mentor_exclusions_mentor_id_mentors"),
        ),
        sa.PrimaryKeyConstraint("member_id", "mentor_id", name=op.f("pk_mentor_exclusions")),
    )
    op.create_table(
        "ticket_offers",
        sa.Column("offer_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["mentor_id"], ["mentors.mentor_id"], name=op.f("fk_ticket_offers_mentor_id_mentors")
        ),
        sa.PrimaryKeyConstraint("offer_id", name=op.f("pk_ticket_offers")),
        sa.UniqueConstraint(
            "ticket_id", "mentor_id", name=op.f("uq_ticket_offers_ticket_id_mentor_id")
        ),
    )
    op.create_index(
        op.f("ix_ticket_offers_mentor_id"), "ticket_offers", ["mentor_id"], unique=False
    )
    op.create_index(
        "ix_ticket_offers_state_expires_at", "ticket_offers", ["state", "expires_at"], unique=False
    )
    op.create_table(
        "ticket_marks",
        sa.Column("ticket_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("percent", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("ticket_id", "asked_at", "percent", name=op.f("pk_ticket_marks")),
    )


def downgrade() -> None:
    op.drop_table("ticket_marks")
    op.drop_table("ticket_offers")
    op.drop_table("mentor_exclusions")
    op.drop_table("mentors")
    op.drop_table("calendar_exceptions")
