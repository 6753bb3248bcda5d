"""Where packages lie that are withheld."""

from pathlib import Path

from grader.sandbox.walls.package_places import package_folders, package_places


def test_packages_are_found_in_every_folder_of_packages_that_can_be_seen(tmp_path: Path) -> None:
    site = tmp_path / "venv" / "lib" / "python3.11" / "site-packages"
    other = tmp_path / "usr" / "lib" / "python3" / "dist-packages"
    local = tmp_path / "usr" / "local" / "lib" / "python3.11" / "dist-packages"
    for folder in (site, other, local):
        (folder / "torch").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()

    folders = package_folders([str(tmp_path / "usr"), str(tmp_path / "elsewhere")], [str(site)])

    assert folders == [str(site), str(other), str(local)]
    assert package_places(["torch"], folders) == {
        "torch": (str(site / "torch"), str(other / "torch"), str(local / "torch"))
    }


def test_a_package_may_be_a_file_a_library_or_a_link_and_its_metadata_is_none_of_it(
    tmp_path: Path,
) -> None:
    for name in ("ad.py", "ad.cpython-311-x86_64-linux-gnu.so", "adolc.py", "notes.txt"):
        (tmp_path / name).write_text("")
    (tmp_path / "real").mkdir()
    (tmp_path / "jax").symlink_to(tmp_path / "real")
    (tmp_path / "jax-0.4.dist-info").mkdir()

    places = package_places(["ad", "jax", "torch"], [str(tmp_path), str(tmp_path / "missing")])

    files = [tmp_path / "ad.cpython-311-x86_64-linux-gnu.so", tmp_path / "ad.py"]
    assert places == {"ad": tuple(map(str, files)), "jax": (str(tmp_path / "real"),)}
