"""The tables of a review database, the same on SQLite and PostgreSQL.

Times are ISO 8601 in UTC, as text: both databases sort and keep them alike.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

STORIES = Table(
    "stories",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("outlet", Text, nullable=False),
    Column("date", Text, nullable=False),
    Column("source", Text, nullable=False),
    # JSON: lists that are read whole, with the story.
    Column("relations", Text, nullable=False),
    Column("passages", Text, nullable=False),
)

AUDITS = Table(
    "audits",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("story_id", ForeignKey("stories.id"), nullable=False, index=True),
    Column("imported_at", Text, nullable=False),
    Column("imported_by", Text, nullable=False),
    Column("tool", Text, nullable=False),
    Column("encoder", Text, nullable=False),
    Column("added", Integer, nullable=False),
    Column("kept", Integer, nullable=False),
    Column("gone", Integer, nullable=False),
)

DOCUMENTS = Table(
    "documents",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("story_id", ForeignKey("stories.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("lang", Text, nullable=False),
    Column("raw", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("fidelity", Float),
    UniqueConstraint("story_id", "name"),
)

FINDINGS = Table(
    "findings",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("story_id", ForeignKey("stories.id"), nullable=False),
    Column("document", Text, nullable=False),
    Column("fingerprint", Text, nullable=False, index=True),
    Column("rule", Text, nullable=False, index=True),
    Column("family", Text, nullable=False),
    Column("lang", Text, nullable=False),
    Column("tier", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("message", Text, nullable=False),
    Column("quote", Text, nullable=False),
    # The quote without case and spacing: what "the same phrase" means.
    Column("phrase", Text, nullable=False, index=True),
    # JSON: spans, evidence, values, and the audit's own repair.
    Column("detail", Text, nullable=False),
    # False once a later audit no longer finds it.
    Column("present", Boolean, nullable=False),
    Column("rank", Integer, nullable=False),
    # What the decisions say, kept beside them in the same transaction.
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("repair", Text),
    Column("assignee", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    UniqueConstraint("story_id", "document", "fingerprint"),
)
# The queue walks along this one.
Index("ix_findings_queue", FINDINGS.c.present, FINDINGS.c.rank.desc(), FINDINGS.c.id)
# The sums beside the filters come from this one alone: the rows themselves hold whole quotations,
# and reading 10,000 of them takes five times as long.
Index(
    "ix_findings_sums",
    FINDINGS.c.present,
    FINDINGS.c.story_id,
    FINDINGS.c.lang,
    FINDINGS.c.family,
    FINDINGS.c.rule,
    FINDINGS.c.severity,
    FINDINGS.c.tier,
    FINDINGS.c.state,
    FINDINGS.c.assignee,
)

DECISIONS = Table(
    "decisions",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("finding_id", ForeignKey("findings.id"), nullable=False, index=True),
    # Decisions taken by one act carry one batch.
    Column("batch", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("repair", Text),
    Column("note", Text, nullable=False),
    Column("everywhere", Boolean, nullable=False),
    # False where it followed from a decision elsewhere: then nobody looked at this finding.
    Column("by_hand", Boolean, nullable=False),
    # The decision that this one takes back.
    Column("undoes", ForeignKey("decisions.id"), index=True),
    Column("revision", Integer, nullable=False),
    Column("author", Text, nullable=False),
    Column("at", Text, nullable=False),
)

COMMENTS = Table(
    "comments",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("finding_id", ForeignKey("findings.id"), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("at", Text, nullable=False),
)

ASSIGNMENTS = Table(
    "assignments",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("finding_id", ForeignKey("findings.id"), nullable=False, index=True),
    Column("assignee", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("at", Text, nullable=False),
)

USERS = Table(
    "users",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("role", Text, nullable=False),
    # Empty for the user of this machine, who needs no password and cannot sign in with one.
    Column("password", Text, nullable=False),
)

SESSIONS = Table(
    "sessions",
    METADATA,
    Column("id", Integer, primary_key=True),
    # A digest: who reads the database cannot take over a session.
    Column("token", Text, nullable=False, unique=True),
    Column("user_id", ForeignKey("users.id"), nullable=False),
    Column("expires", Text, nullable=False),
)
