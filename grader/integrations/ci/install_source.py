"""The source of this installation, so that a place elsewhere installs the same."""

import json
from importlib.metadata import PackageNotFoundError, distribution
from typing import Final

from grader import __version__
from grader.errors import Misused

NAME: Final = "autograd-grader"
ABOUT: Final = "direct_url.json"


class InstalledFromFolder(Misused):
    """An installation from a folder, which no other machine has."""

    def __init__(self) -> None:
        super().__init__(
            "what is to be installed there? This grade comes from a folder of this machine",
            hint=f'--install "{NAME} @ git+https://…@TAG", a wheel\'s address, or a requirement',
        )


def requirement() -> str:
    """Return the requirement by which pip installs this grade elsewhere.

    Source: PEP 610, which says where an installation comes from if not from an index.

    Raises:
        InstalledFromFolder: it cannot be had from elsewhere.
    """
    try:
        text = distribution(NAME).read_text(ABOUT)
    except PackageNotFoundError as error:
        raise InstalledFromFolder from error
    if text is None:
        return f"{NAME}=={__version__}"
    source = json.loads(text)
    url, vcs = str(source.get("url", "")), source.get("vcs_info") or {}
    if url.startswith("file:"):
        raise InstalledFromFolder
    if vcs:
        return f"{NAME} @ {vcs['vcs']}+{url}@{vcs['commit_id']}"
    return f"{NAME} @ {url}"
