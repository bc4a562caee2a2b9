"""Spun English: candidates from tells, months, names and near words, gated by the trigram model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from auditor import lang as languages
from auditor.text import english_lm as lm
from auditor.text.spun import Kind, Substitution

GATES = {"phrases": 0.0, "openings": 2.0, "names": 3.0, "words": 3.0, "near": 4.0}

@dataclass(frozen=True, slots=True)
class Tell:
    words: tuple[str, ...]
    repairs: tuple[str, ...]
    level: str


@cache
def tells() -> dict[str, tuple[Tell, ...]]:
    table: dict[str, list[Tell]] = {}
    data = languages.load("en", "spun")
    for level in ("phrases", "openings", "names", "words"):
        for found, repair in data[level].items():
            words = tuple(t.text.lower() for t in lm.tokenise(found))
            repairs = (repair,) if isinstance(repair, str) else tuple(repair)
            table.setdefault(words[0], []).append(Tell(words, repairs, level))
    return {k: tuple(v) for k, v in table.items()}

@cache
def near() -> dict[str, tuple[str, ...]]:
    text = (files(languages) / "en" / "near.tsv").read_text(encoding="utf-8")
    return {h: tuple(r) for h, *r in (line.split("\t") for line in text.splitlines())}

def _forms(repair):
    return [lm.form(t.text) for t in lm.tokenise(repair)]

@dataclass(frozen=True, slots=True)
class Candidate:
    first: int
    last: int
    repair: str
    forms: tuple
    level: str
    gain: float

def candidates(tokens) -> Iterator[Candidate]:
    lowered = [t.text.lower().replace("’", "'") for t in tokens]
    forms = [t.form for t in tokens]
    accepted = {}
    out=[]
    for _ in range(2):
        found = []
        for i, w in enumerate(lowered):
            for tell in tells().get(w, ()):
                j = i + len(tell.words)
                if tuple(lowered[i:j]) != tell.words: continue
                if tell.level == "names" and not (tokens[i].text[0].isupper() and i>0 and (tokens[i-1].text[0].isupper() or (j < len(tokens) and tokens[j].text[0].isupper()))): continue
                b = before(forms, accepted, i); a = after(forms, accepted, j)
                best = None
                for r in tell.repairs:
                    rf = tuple(_forms(r))
                    g = lm.fit(b, rf, a) - lm.fit(b, tuple(forms[i:j]), a)
                    if best is None or g > best.gain: best = Candidate(i, j, r, rf, tell.level, g)
                if best.gain >= GATES[tell.level]: found.append(best)
            f = forms[i]
            if f in near():
                b = before(forms, accepted, i); a = after(forms, accepted, i+1)
                base = lm.fit(b, (f,), a); best=None
                for r in near()[f]:
                    g = lm.fit(b, (r,), a) - base
                    if best is None or g > best.gain: best = Candidate(i, i+1, r, (r,), "near", g)
                if best and best.gain >= GATES["near"]: found.append(best)
        out = choose(found)
        accepted = {}
        for c in out:
            if c.level=="near": continue
            for k in range(c.first, c.last): accepted[k] = c
    return out

ORDER = ["phrases","openings","names","words","near"]
def choose(found):
    taken=set(); out=[]
    for c in sorted(found, key=lambda c:(ORDER.index(c.level), -(c.last-c.first), -c.gain, c.first)):
        if any(k in taken for k in range(c.first,c.last)): continue
        taken.update(range(c.first,c.last)); out.append(c)
    return sorted(out,key=lambda c:c.first)

def before(forms, accepted, i):
    out=[]; k=i-1
    while k>=0 and len(out)<2:
        if k in accepted:
            c=accepted[k]; out=list(c.forms)+out; k=c.first-1
        else: out=[forms[k]]+out; k-=1
    return out[-2:]

def after(forms, accepted, j):
    out=[]; k=j
    while k<len(forms) and len(out)<2:
        if k in accepted:
            c=accepted[k]; out+=list(c.forms); k=c.last
        else: out.append(forms[k]); k+=1
    return out[:2]
