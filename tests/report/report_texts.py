"""A story written for the report tests: four versions of one article, and another article.

One sentence per line, a blank line between paragraphs; a paragraph that starts with `~`
is furniture. The defects are in the texts; `report_samples` builds the findings by hand.
"""

from __future__ import annotations

from pathlib import Path

STORY = Path(__file__).parent / "story"

# Language and marked text by document id.
TEXTS = {
    id: (lang, (STORY / id.replace("/", "-")).read_text(encoding="utf-8"))
    for id, lang in (
        ("en.txt", "en"),
        ("fr.txt", "fr"),
        ("it.txt", "it"),
        ("zh-Hant.txt", "zh-Hant"),
        ("autre/fr.txt", "fr"),
    )
}

# The paragraphs of the versions that say the same, by their number among the content.
# None: the version leaves the passage out.
PASSAGES = (
    (0, 0, 0, 0),
    (1, 1, 1, 1),
    (2, 2, 2, 2),
    (3, 3, 3, 3),
    (4, None, 4, 4),
    (5, 4, 5, 5),
)
