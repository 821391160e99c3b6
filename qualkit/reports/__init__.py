"""Tables become Word documents and HTML pages; quotations keep their source."""

from qualkit.reports.change_table import describe_paired_change
from qualkit.reports.document import new_document, save_document
from qualkit.reports.html import html_joint_display
from qualkit.reports.joint import describe_joint_display, word_joint_display
from qualkit.reports.quotes import citation, cite, cite_joint_display, quotation
from qualkit.reports.word import word_table

__all__ = [
    "citation",
    "cite",
    "cite_joint_display",
    "describe_joint_display",
    "describe_paired_change",
    "html_joint_display",
    "new_document",
    "quotation",
    "save_document",
    "word_joint_display",
    "word_table",
]
