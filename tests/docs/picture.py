"""Takes README's picture of a report's page: `python -m tests.docs.picture`, light and dark."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

from grader.cli.main import run
from tests.places import ROOT, SAMPLES
from tests.reports.browser import Browser, Scheme

FAILED, LAST = ".check.failed", ".check.failed .frame"
WIDTH, EDGE = 960, 21  # README shows it half as wide, which fine screens need
ZOOM = "document.documentElement.style.zoom = 1.5"


def take(folder: Path) -> None:
    """Write `report-light.png` and `report-dark.png`: a failed check of a real page, opened."""
    with TemporaryDirectory() as made, Browser() as browser:
        page = Path(made) / "ex9.html"
        run(
            [
                "ex9",
                str(SAMPLES / "minus.py"),
                "-o",
                str(Path(made) / "ex9.txt"),
                "--html",
                str(page),
            ]
        )
        for scheme in get_args(Scheme):
            _shoot(browser, page, folder / f"report-{scheme}.png", scheme)


def _shoot(browser: Browser, page: Path, picture: Path, scheme: Scheme) -> None:
    """Write a picture from the failed check's title to the line that is at fault."""
    opened = browser.open(page, scheme, width=WIDTH)
    opened.evaluate(ZOOM)
    above, last = (opened.locator(place).first.bounding_box() for place in (FAILED, LAST))
    assert above
    assert last
    top, bottom = above["y"], last["y"] + last["height"] + EDGE
    opened.screenshot(
        path=str(picture),
        full_page=True,
        clip={"x": 0, "y": top, "width": WIDTH, "height": bottom - top},
    )


if __name__ == "__main__":
    take(ROOT / "docs" / "pictures")
