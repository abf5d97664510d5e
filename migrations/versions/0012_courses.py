"""Courses: their lessons, who takes them, and how far each learner is.

Safe with the previous release running: it only adds tables.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012_courses"
down_revision = "0011_resources"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "courses",
        sa.Column("course_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("tier_code", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("silent_days", sa.SmallInteger(), nullable=False),
        sa.Column("mentor_id", sa.BigInteger(), nullable=True),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("course_id", name=op.f("pk_courses")),
    )
    op.create_table(
        "lessons",
        sa.Column("lesson_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("resource_id", sa.Integer(), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("checked_by", sa.String(32), nullable=False),
        sa.Column("release", sa.String(32), nullable=False),
        sa.Column("release_day", sa.SmallInteger(), nullable=False),
        sa.Column("release_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses.course_id"], name=op.f("fk_lessons_course_id_courses")
        ),
        sa.ForeignKeyConstraint(
            ["resource_id"],
            ["resources.resource_id"],
            name=op.f("fk_lessons_resource_id_resources"),
        ),
        sa.PrimaryKeyConstraint("lesson_id", name=op.f("pk_lessons")),
        sa.UniqueConstraint("course_id", "number", name=op.f("uq_lessons_course_id_number")),
    )
    op.create_table(
        "learners",
        sa.Column("learner_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("active_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_silent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("look_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses.course_id"], name=op.f("fk_learners_course_id_courses")
        ),
        sa.PrimaryKeyConstraint("learner_id", name=op.f("pk_learners")),
        sa.UniqueConstraint("course_id", "member_id", name=op.f("uq_learners_course_id_member_id")),
    )
    op.create_index(op.f("ix_learners_look_at"), "learners", ["look_at"], unique=False)
    op.create_index(op.f("ix_learners_member_id"), "learners", ["member_id"], unique=False)
    op.create_table(
        "lesson_steps",
        sa.Column("step_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("lesson_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("homework", sa.JSON(), nullable=True),
        sa.Column("handed_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("looked_by", sa.BigInteger(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["learner_id"],
            ["learners.learner_id"],
            name=op.f("fk_lesson_steps_learner_id_learners"),
        ),
        sa.ForeignKeyConstraint(
            ["lesson_id"], ["lessons.lesson_id"], name=op.f("fk_lesson_steps_lesson_id_lessons")
        ),
        sa.PrimaryKeyConstraint("step_id", name=op.f("pk_lesson_steps")),
        sa.UniqueConstraint(
            "learner_id", "lesson_id", name=op.f("uq_lesson_steps_learner_id_lesson_id")
        ),
    )
    op.create_index(op.f("ix_lesson_steps_lesson_id"), "lesson_steps", ["lesson_id"], unique=False)
    op.create_index(op.f("ix_lesson_steps_state"), "lesson_steps", ["state"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_lesson_steps_state"), table_name="lesson_steps")
    op.drop_index(op.f("ix_lesson_steps_lesson_id"), table_name="lesson_steps")
    op.drop_table("lesson_steps")
    op.drop_index(op.f("ix_learners_member_id"), table_name="learners")
    op.drop_index(op.f("ix_learners_look_at"), table_name="learners")
    op.drop_table("learners")
    op.drop_table("lessons")
    op.drop_table("courses")
