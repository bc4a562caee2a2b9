"""Reports: one audit, told to a terminal, to a program and to a browser.

All of them read `auditor.core.Audit` and nothing else. Only here are places turned
into lines and columns.
"""

from auditor.report.as_html import to_html
from auditor.report.as_json import schema, to_json, to_json_text
from auditor.report.terminal import print_terminal

__all__ = ["print_terminal", "schema", "to_html", "to_json", "to_json_text"]
