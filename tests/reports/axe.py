"""What axe finds on a page, in light and in dark.

Source: axe-core's rules, with which tools of the trade look at pages.
"""

from typing import Any, get_args

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.reports.browser import Scheme

LOOK = """async () => {
  const found = await axe.run(document, { resultTypes: ["violations"] });
  return found.violations.map(one => [one.id, one.nodes[0].html]);
}"""


def violations(page: Page) -> dict[Scheme, Any]:
    """Return the rules that a page breaks in each scheme, each with the first place."""
    page.evaluate(AXE_SCRIPT)
    found: dict[Scheme, Any] = {}
    for scheme in get_args(Scheme):
        page.emulate_media(color_scheme=scheme)
        found[scheme] = page.evaluate(LOOK)
    return found
