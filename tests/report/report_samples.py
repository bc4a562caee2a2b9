"""Audits made by hand: reports are tested without the pipeline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache

from report_texts import PASSAGES, TEXTS

from auditor.core import (
    Audit,
    BeadScore,
    Block,
    BlockKind,
    CheckError,
    Document,
    DocumentResult,
    DocumentScore,
    Evidence,
    Finding,
    NotRun,
    OffsetMap,
    Passage,
    Relation,
    RelationKind,
    Rule,
    Scope,
    Segment,
    Severity,
    Span,
    Story,
    Tier,
    Verdict,
)

VERSIONS = ("en.txt", "fr.txt", "it.txt", "zh-Hant.txt")
RULES = ("drift/date", "fidelity/addition", "fidelity/omission", "furniture/boilerplate")


def make_document(id: str, lang: str, marked: str) -> Document:
    """A plain-text document; a line end between sentences becomes a space, none in Chinese."""
    joint = "" if lang.startswith("zh") else " "
    pieces: list[str] = []
    blocks: list[Block] = []
    position = 0
    for number, paragraph in enumerate(marked.strip("\n").split("\n\n")):
        furniture = paragraph.startswith("~")
        text = joint.join(paragraph.removeprefix("~").split("\n"))
        kind = BlockKind.BOILERPLATE if furniture else BlockKind.PARAGRAPH
        if not furniture and not any(b.kind.is_content for b in blocks):
            kind = BlockKind.HEADING
        note = "share counter" if furniture and number else "skip link" if furniture else ""
        blocks.append(Block(kind, text, OffsetMap.identity(len(text), position), note=note))
        pieces.append(text)
        position += len(text) + 2
    return Document(id, lang, "\n\n".join(pieces), id, tuple(blocks))


def make_segments(document: Document, marked: str) -> tuple[Segment, ...]:
    """The sentences of the content paragraphs, one per line."""
    segments: list[Segment] = []
    joint = 0 if document.lang.startswith("zh") else 1
    for number, paragraph in enumerate(marked.strip("\n").split("\n\n")):
        block = document.blocks[number]
        if not block.kind.is_content:
            continue
        at = block.offsets.runs[0].origin
        for sentence in paragraph.split("\n"):
            offsets = OffsetMap.identity(len(sentence), at)
            index = len(segments)
            segments.append(
                Segment(document.id, index, sentence, offsets, document.lang, number, block.kind)
            )
            at += len(sentence) + joint
    return tuple(segments)


def make_passages(segments: Mapping[str, tuple[Segment, ...]]) -> tuple[Passage, ...]:
    """The passages of the sample's four versions, paragraph by paragraph."""
    passages = []
    for index, row in enumerate(PASSAGES):
        held: list[Segment] = []
        for id, wanted in zip(VERSIONS, row, strict=True):
            blocks = sorted({s.block for s in segments[id]})
            if wanted is not None:
                held += [s for s in segments[id] if s.block == blocks[wanted]]
        passages.append(Passage(index, tuple(held), 0.9 - index / 100))
    return tuple(passages)


def place(story: Story, id: str, text: str, occurrence: int = 0) -> Span:
    """The span of a text in a document, which must be there."""
    at = -1
    for _ in range(occurrence + 1):
        at = story.document(id).raw.index(text, at + 1)
    return Span(id, at, at + len(text))


def make_findings(story: Story) -> tuple[Finding, ...]:
    """One finding or more of each family, severity and tier, ranked."""

    def at(id: str, text: str, occurrence: int = 0) -> Span:
        return place(story, id, text, occurrence)

    end = at("fr.txt", "par le conseil.").end
    omitted = at("en.txt", "Not everyone is happy.")
    omitted = Span("en.txt", omitted.start, at("en.txt", "the boats come home.").end)
    return (
        Finding(
            "drift/date",
            Tier.STABLE,
            Severity.CRITICAL,
            0.97,
            "fr.txt has the year 2012 where the 3 other versions have 2021, and a storm nine "
            "years earlier would be of 2003.",
            (at("fr.txt", "2012"),),
            (
                Evidence(at("en.txt", "2021"), "2021"),
                Evidence(at("it.txt", "2021"), "2021"),
                Evidence(at("zh-Hant.txt", "2021"), "2021"),
                Evidence(at("autre/fr.txt", "4 mai 2021"), "another article: 2021"),
            ),
            "2021",
            ("2012", "2021"),
            "1:aaaa000000000001",
        ),
        Finding(
            "spam/injected",
            Tier.STABLE,
            Severity.CRITICAL,
            0.95,
            "A gambling term splits the word 文件; without it the sentence matches the others.",
            (at("zh-Hant.txt", "線上輪盤技巧"),),
            (Evidence(at("en.txt", "paperwork the council printed"), "documents"),),
            "",
            ("線上輪盤技巧",),
            "1:aaaa000000000002",
        ),
        Finding(
            "spun/document",
            Tier.STABLE,
            Severity.MAJOR,
            0.92,
            "3 phrases in 2 of 6 passages read like word-for-word synonym substitution.",
            (Span("en.txt", 0, len(story.document("en.txt").raw)),),
            fingerprint="1:aaaa000000000003",
        ),
        Finding(
            "spun/phrase",
            Tier.STABLE,
            Severity.MAJOR,
            0.91,
            "The phrase reads like word-for-word synonym substitution; the replacement brings "
            "the sentence closer to fr.txt and it.txt.",
            (at("en.txt", "The Harbor Watchful Get together"),),
            (
                Evidence(at("fr.txt", "Le Comité de vigilance du port"), ""),
                Evidence(at("it.txt", "Il Comitato di vigilanza del porto"), ""),
            ),
            "The Harbour Watch Party",
            ("Watchful Get together",),
            "1:aaaa000000000004",
        ),
        Finding(
            "fidelity/omission",
            Tier.STABLE,
            Severity.MAJOR,
            0.9,
            "fr.txt has nothing for a paragraph of 144 characters that 3 other versions have.",
            (Span("fr.txt", end, end),),
            (Evidence(omitted, "present here"), Evidence(at("it.txt", "Non tutti sono"), "")),
            fingerprint="1:aaaa000000000005",
        ),
        Finding(
            "fidelity/addition",
            Tier.STABLE,
            Severity.MINOR,
            0.8,
            "fr.txt has a sentence that no other version has.",
            (
                at(
                    "fr.txt",
                    "Abonnez-vous à notre lettre d'information et soutenez une presse libre.",
                ),
            ),
            fingerprint="1:aaaa000000000006",
        ),
        Finding(
            "variant/mixed-chinese",
            Tier.STABLE,
            Severity.MINOR,
            0.75,
            "2 simplified characters in traditional text.",
            (at("zh-Hant.txt", "渔"), at("zh-Hant.txt", "说")),
            (),
            "漁",
            ("渔", "说"),
            "1:aaaa000000000007",
        ),
        Finding(
            "furniture/boilerplate",
            Tier.STABLE,
            Severity.NEUTRAL,
            0.99,
            "Share counter.",
            (at("en.txt", "Share this: 25 shares 3 comments"),),
            (),
            "",
            fingerprint="1:aaaa000000000008",
        ),
        Finding(
            "spun/phrase",
            Tier.PREVIEW,
            Severity.MINOR,
            0.55,
            "The word is rare here.",
            (at("en.txt", "coated the remaining, based on paperwork"),),
            (Evidence(at("fr.txt", "a couvert le reste, selon des documents"), ""),),
            "covered the rest, according to papers",
            fingerprint="1:aaaa000000000009",
        ),
        # Overlaps the one before it: marks must split, not nest wrongly.
        Finding(
            "spun/phrase",
            Tier.PREVIEW,
            Severity.NEUTRAL,
            0.5,
            "The phrase is rare here.",
            (at("en.txt", "paperwork the council printed in Could"),),
            fingerprint="1:aaaa000000000010",
        ),
    )


def make_results(story: Story) -> tuple[DocumentResult, ...]:
    """One result per document, with nulls and rules that did not run."""
    fidelity = {"en.txt": 71.4, "fr.txt": 62.0, "it.txt": 97.3, "zh-Hant.txt": 84.9}
    results = []
    for document in story.documents:
        compared = document.id in fidelity
        score = DocumentScore(
            document.id,
            fidelity.get(document.id),
            0.83 if document.id == "fr.txt" else 1.0 if compared else None,
            "consensus of 4 versions" if compared else "",
            {"similarity": 0.71234567, "coverage": 0.83} if compared else {},
        )
        spun = Verdict(document.id, "spun", 0.96, "3 phrases in 2 of 6 passages, none in others")
        clean = Verdict(document.id, "spun", 0.02, "0 of 6 passages")
        not_run = (NotRun("spun/document", f"language {document.lang} not supported"),)
        judged = document.id in ("en.txt", "zh-Hant.txt")
        results.append(
            DocumentResult(
                document.id,
                score,
                (spun if document.id == "en.txt" else clean,) if judged else (),
                (*RULES, "spun/document") if judged else RULES,
                () if judged else not_run,
            )
        )
    return tuple(results)


@cache
def make_audit() -> Audit:
    """The whole sample: every family, severity and tier, nulls, a crash and a problem."""
    documents = {id: make_document(id, lang, text) for id, (lang, text) in TEXTS.items()}
    segments = {id: make_segments(documents[id], text) for id, (_, text) in TEXTS.items()}
    passages = make_passages(segments)
    same = [(a, b) for i, a in enumerate(VERSIONS) for b in VERSIONS[i + 1 :]]
    relations = [
        Relation(a, b, RelationKind.TRANSLATION, reason="11 of 12 sentences matched in order")
        for a, b in same
    ] + [
        Relation(v, "autre/fr.txt", RelationKind.COMPARABLE, declared=True, reason="manifest")
        for v in VERSIONS
    ]
    story = Story(
        "saltmarsh-ferry",
        tuple(documents.values()),
        relations=tuple(relations),
        date=date(2021, 5, 6),
        outlet="The Saltmarsh Gazette",
    )
    beads = tuple(
        BeadScore("en.txt", v, p.index, 41.0 if (v, p.index) == ("fr.txt", 1) else 93.5, {"s": 0.9})
        for p in passages
        for v in VERSIONS[1:]
        if v in p.documents
    )
    return Audit(
        story,
        segments,
        (),
        passages,
        make_findings(story),
        make_results(story),
        beads,
        (CheckError("variant/mixed-chinese", "it.txt", "ZeroDivisionError: division by zero"),),
        ("notes.bin: not text; name the encoding or leave the file out",),
        (RULE,),
        "use-multilingual-v3 0.2.1 float32",
        "0.1.0",
    )


RULE = Rule(
    id="drift/date",
    name="Dates that differ",
    mqm="Accuracy/Mistranslation",
    severity=Severity.CRITICAL,
    tier=Tier.STABLE,
    scope=Scope.STORY,
    check=lambda _subject, _context: (),
)


def make_clean(audit: Audit) -> Audit:
    """The same story with nothing found."""
    return replace(audit, findings=(), errors=(), problems=())


def make_hostile(audit: Audit, text: str) -> Audit:
    """An audit of one document whose text, name and messages are all `text`."""
    offsets = OffsetMap.identity(len(text))
    document = Document(text, "en", text, text, (Block(BlockKind.PARAGRAPH, text, offsets),))
    middle = Span(text, len(text) // 3, 2 * len(text) // 3)
    finding = Finding(
        "drift/date",
        Tier.STABLE,
        Severity.MAJOR,
        0.9,
        text,
        (middle,),
        (Evidence(Span(text, 0, len(text)), text),),
        text,
        (text,),
        "1:1",
    )
    score = DocumentScore(text, None, None, "", {})
    verdict = Verdict(text, "spun", 0.5, text)
    return replace(
        audit,
        story=Story(text, (document,), outlet=text),
        segments={text: (Segment(text, 0, text, offsets, "en"),)},
        passages=(),
        findings=(finding,),
        documents=(DocumentResult(text, score, (verdict,), (), (NotRun("spun/phrase", text),)),),
        beads=(),
        errors=(CheckError("drift/date", text, text),),
        problems=(text,),
    )
