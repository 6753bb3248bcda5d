"""Nothing that a student commits leads out of the checkout, or stands for a report."""

from pathlib import Path

import pytest

from grader.integrations.ci.checkout_guard import LeadsOut, clear, see_inside
from grader.integrations.ci.place import CiSystem


@pytest.fixture
def place(tmp_path: Path) -> CiSystem:
    (tmp_path / "checkout" / "src").mkdir(parents=True)
    (tmp_path / "solution.py").write_bytes(b"")
    return CiSystem("a CI", "grades", checkout=str(tmp_path / "checkout"))


def test_a_file_below_the_checkout_is_inside_and_so_is_a_link_to_it(place: CiSystem) -> None:
    file, link = Path(place.checkout, "src", "value.py"), Path(place.checkout, "value.py")
    file.write_bytes(b"")
    link.symlink_to("src/value.py")

    see_inside(str(file), None, place)
    see_inside(str(link), None, place)


@pytest.mark.parametrize("target", ["../solution.py", "folder/solution.py"])
def test_a_link_out_of_the_checkout_is_refused_by_name(place: CiSystem, target: str) -> None:
    checkout = Path(place.checkout)
    (checkout / "folder").symlink_to("..")
    (checkout / "value.py").symlink_to(target)

    with pytest.raises(LeadsOut, match=r"value\.py leads out of the folder"):
        see_inside(str(checkout / "value.py"), None, place)


def test_a_file_that_the_command_line_names_may_lie_elsewhere_and_lead_no_further(
    place: CiSystem, tmp_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    own, link = tmp_path / "mine" / "value.py", tmp_path / "mine" / "link.py"
    own.write_bytes(b"")
    link.symlink_to("../solution.py")

    see_inside(str(own), str(own), place)
    see_inside(str(own), str(own.parent), place)
    with pytest.raises(LeadsOut):
        see_inside(str(link), str(link), place)


def test_what_lies_where_a_report_is_written_goes_and_what_a_link_leads_to_stays(
    place: CiSystem, tmp_path: Path
) -> None:
    checkout = Path(place.checkout)
    (checkout / "result.json").symlink_to(tmp_path / "solution.py")
    (checkout / "body.md" / "deep").mkdir(parents=True)
    (checkout / ".body.md.new").write_bytes(b"")

    clear(str(checkout / name) for name in ("result.json", "body.md", "missing.xml"))

    assert sorted(path.name for path in checkout.iterdir()) == ["src"]
    assert (tmp_path / "solution.py").exists()
