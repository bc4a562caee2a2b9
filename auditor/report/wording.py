"""Words and groupings that every report for people shares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache

from auditor.core import Audit, Finding, MqmScore, Relation, RelationKind, Severity, Tier
from auditor.lang import base

RELATION_SIGNS = {
    RelationKind.TRANSLATION: "=",
    RelationKind.REWRITE: "=",
    RelationKind.COMPARABLE: "~",
    RelationKind.UNRELATED: "\N{NOT EQUAL TO}",
}


# So many findings of one rule in one version are a crowd; more, where each has evidence
# that a list cannot show.
CROWD = 4
CROWD_WITH_EVIDENCE = 8

# Names in an enumeration of versions.
NAMED = 6


@cache
def language_name(tag: str) -> str:
    """The English name of a language, such as `Chinese (Traditional)`; else the tag itself."""
    from babel import Locale, UnknownLocaleError

    if tag == "und":
        return "not known"
    try:
        name = Locale.parse(tag.replace("-", "_")).get_display_name("en")
    except (ValueError, UnknownLocaleError):
        return tag
    return name or tag


def family(rule: str) -> str:
    """The first half of a rule's id."""
    return rule.partition("/")[0]


def percent(share: float | None) -> str:
    """A share of 0 to 1 for people: `83 %`, or a dash; 99.6 % is not all."""
    if share is None:
        return "\N{EM DASH}"
    hundredths = round(share * 100)
    if hundredths == 100 and share < 1:
        hundredths = 99
    return f"{hundredths} %"


def sure(confidence: float) -> str:
    """A confidence for people: never 100 %, since some reader may always disagree."""
    return percent(min(confidence, 0.99))


def labels(names: Sequence[str], width: int) -> dict[str, str]:
    """A short label for each name, as long as that keeps them apart.

    Hashes make file names long and their beginnings tell enough: `002_3fed…2f1f.txt`.
    """
    short = {
        n: n if len(n) <= width else f"{n[: width // 2]}…{n[-(width // 2 - 1) :]}" for n in names
    }
    return short if len(set(short.values())) == len(set(names)) else {n: n for n in names}


def learned(value: float | None) -> str:
    """A judge's score for people, on its own scale: `0.7312`, or a dash."""
    return "\N{EM DASH}" if value is None else f"{value:.4f}"


def score(value: float | None) -> str:
    """A fidelity of 0 to 100 for people: `71.4`, or a dash."""
    return "\N{EM DASH}" if value is None else f"{value:.1f}".removesuffix(".0")


def mqm(scored: MqmScore | None) -> str:
    """An MQM score for people: `98.3`, with a star where there are few words, or a dash."""
    if scored is None:
        return "\N{EM DASH}"
    return f"{scored.score:.1f}" + ("" if scored.enough else "*")


def counted(number: int, noun: str) -> str:
    """A number with its noun: `1 version`, `2 versions`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def listed(names: Sequence[str]) -> str:
    """Names as one enumeration: `a, b and c`."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""


def severities(findings: Iterable[Finding]) -> str:
    """Findings counted by severity, the worst first: `2 critical, 1 minor`."""
    held = Counter(f.severity for f in findings)
    return ", ".join(f"{held[s]} {s.value}" for s in reversed(Severity) if held[s])


def headline(audit: Audit) -> str:
    """The result of the audit in one sentence; what was accepted before no longer counts."""
    stable = [f for f in audit.findings if f.tier is Tier.STABLE and f.suppression is None]
    versions = len(audit.documents)
    if not stable:
        checked = sum(bool(result.rules_run) for result in audit.documents)
        if checked == versions:
            return f"Nothing found in {counted(versions, 'version')}"
        # Not checked is not clean.
        if not checked:
            return f"Nothing was checked in {counted(versions, 'version')}"
        return f"Nothing found in {checked} of {versions} versions; nothing was checked in the rest"
    touched = len({f.spans[0].document for f in stable})
    where = counted(versions, "version") if touched == versions else f"{touched} of {versions}"
    where = where if "version" in where else f"{where} versions"
    return f"{counted(len(stable), 'finding')} in {where}: {severities(stable)}"


def crowds(findings: Sequence[Finding]) -> list[list[int]]:
    """Ranks of findings grouped by rule, severity, tier and version, where there are many.

    A machine-rewritten article has a hundred phrases to mark, and forty simplified
    characters in a traditional text are one thing to a reader: without a group they hide
    whatever ranks behind them. Critical findings are each shown on their own.

    Returns:
        Groups in the order of their first finding; most hold a single one.
    """
    groups: dict[tuple[object, ...], list[int]] = {}
    for rank, finding in enumerate(findings):
        key = (finding.rule, finding.severity, finding.tier, finding.spans[0].document)
        alone = finding.severity is Severity.CRITICAL
        groups.setdefault((*key, rank) if alone else key, []).append(rank)
    split = [
        [g] if len(g) >= _fewest(findings[g[0]]) else [[r] for r in g] for g in groups.values()
    ]
    return sorted((group for parts in split for group in parts), key=lambda group: group[0])


def _fewest(finding: Finding) -> int:
    return CROWD_WITH_EVIDENCE if finding.evidence else CROWD


def not_checked(audit: Audit, name: Callable[[str], str] = str) -> list[tuple[str, str, str]]:
    """The rules that did not run, grouped so that one line says what can be said at once.

    Args:
        audit: its documents and rules.
        name: how a document is called.

    Returns:
        `(rules, documents, reason)`, each an enumeration.
    """
    made_for = {rule.id: rule.languages for rule in audit.rules}
    rules: dict[tuple[str, str], list[str]] = {}
    for result in audit.documents:
        lang = audit.story.document(result.document).lang
        for skipped in result.rules_not_run:
            known = made_for.get(skipped.rule)
            # What a rule is made for is said once, and not for each other language again.
            other = known is not None and lang != "und" and base(lang) not in known
            reason = f"made for {listed(_names(known))}" if known and other else skipped.reason
            rules.setdefault((result.document, reason), []).append(skipped.rule)
    documents: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for (document, reason), names in rules.items():
        documents.setdefault((reason, tuple(sorted(names))), []).append(document)
    return [
        (listed(names), _versions(ids, audit, name), reason)
        for (reason, names), ids in sorted(documents.items())
    ]


def _names(languages: Sequence[str]) -> list[str]:
    return sorted(language_name(tag) for tag in languages)


def _versions(ids: Sequence[str], audit: Audit, name: Callable[[str], str]) -> str:
    """Versions as one enumeration, cut where nobody would read on."""
    if len(ids) == len(audit.documents) > 2:
        return f"all {len(ids)} versions"
    shown = [name(id) for id in ids[:NAMED]]
    rest = len(ids) - len(shown)
    return listed([*shown, f"{rest} more"] if rest else shown)


def relation_groups(audit: Audit) -> list[tuple[Relation, ...]]:
    """The relations of one kind and one reason together, in story order.

    Five versions have ten pairs: what is said of each pair in the same words is said once.
    """
    groups: dict[tuple[RelationKind, bool, str], list[Relation]] = {}
    for relation in audit.story.relations:
        key = (relation.kind, relation.declared, relation.reason)
        groups.setdefault(key, []).append(relation)
    return [tuple(group) for group in groups.values()]


def relation_lines(audit: Audit) -> list[tuple[tuple[str, ...], str, Relation, int]]:
    """How the texts of a story relate, one entry for each text and each pair of texts.

    Returns:
        `(documents, sign, relation, count)`: the versions of one text, or one document of each of
        two texts; the weakest or first relation among them; how many relations it stands for.
    """
    number = {id: n for n, group in enumerate(audit.story.lineages()) for id in group}
    groups: dict[tuple[object, ...], list[Relation]] = {}
    for relation in audit.story.relations:
        texts = tuple(sorted((number[relation.left], number[relation.right])))
        groups.setdefault((texts, relation.kind, relation.declared), []).append(relation)
    lines: list[tuple[tuple[str, ...], str, Relation, int]] = []
    for group in groups.values():
        first = group[0]
        ids = dict.fromkeys(id for relation in group for id in (relation.left, relation.right))
        names = tuple(ids) if first.kind.same_text else (first.left, first.right)
        lines.append((names, RELATION_SIGNS[first.kind], first, len(group)))
    return lines
