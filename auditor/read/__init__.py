"""Stage 1: bytes to documents, blocks with their places in the decoded file."""

from __future__ import annotations

from auditor.read.containers import CONTAINER_SUFFIXES, read_container
from auditor.read.decoding import decode
from auditor.read.files import document_from_text, read_document

__all__ = [
    "CONTAINER_SUFFIXES",
    "decode",
    "document_from_text",
    "read_container",
    "read_document",
]
