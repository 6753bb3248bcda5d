"""A comment as Moodle stores it: a worksheet's cell of comments is HTML, whatever it looks like."""

from html import escape


def as_html(comment: str) -> str:
    """Return a text as Moodle's importer has to find it, so that students read it as it is."""
    lines = escape(comment, quote=False).splitlines()
    return "<br>".join(lines)
