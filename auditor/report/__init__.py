"""Reports: audits, told to people, to programs, to CI servers and to translation tools.

All of them read `auditor.core.Audit` and nothing else; `FORMATS` has them by name. Only here
are places turned into lines and columns.
"""

from auditor.report.as_html import to_html
from auditor.report.as_json import schema, to_json, to_json_text
from auditor.report.entries import Report, Settings
from auditor.report.formats import FORMATS, Format
from auditor.report.terminal import print_terminal

__all__ = [
    "FORMATS",
    "Format",
    "Report",
    "Settings",
    "print_terminal",
    "schema",
    "to_html",
    "to_json",
    "to_json_text",
]
