"""What a result depends on, as one digest: the texts, and all that they are audited with."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path

from auditor.batch.job import Setup
from auditor.core import Rule
from auditor.pipeline import Run, all_rules
from auditor.pipeline.stored import STAGES, code_digest, package_versions

_CODE = (*STAGES, "score", "resolve", "report/as_json.py", "batch/rows.py")
"""Parts of the package that every result goes through; of the rules, only those that run count.
The encoder says by its id when its vectors change."""


def combined(content: str, setup: str) -> str:
    """The digest of a story from those of its texts and of what it is audited with."""
    return blake2b(f"{content}|{setup}".encode(), digest_size=16).hexdigest()


def setup_digest(setup: Setup, run: Run) -> str:
    """A digest of all that decides a result beside the texts: encoder, rules, code, settings.

    A store never answers with what another version of the auditor, of a rule or of a package
    that it reads languages with has found.
    """
    from auditor import __version__

    digest = blake2b(digest_size=16)
    second = run.second.id if run.second else ""
    parts = [
        __version__,
        run.encoder.id,
        second,
        ",".join(sorted(setup.candidates)),
        str(setup.reports),
    ]
    parts += [package_versions(), code_digest(*_CODE)]
    for rule in run.rules if run.rules is not None else all_rules():
        parts.append(f"{rule.id} {rule.version} {rule.tier} {rule.severity} {_code(rule)}")
    if setup.names:
        parts.append(Path(setup.names).read_text(encoding="utf-8", errors="replace"))
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part.encode("utf-8", "replace"))
    return digest.hexdigest()


def _code(rule: Rule) -> str:
    module = rule.check.__module__
    if not module.startswith("auditor.checks."):
        return module
    return code_digest(f"{module.removeprefix('auditor.').replace('.', '/')}.py")
