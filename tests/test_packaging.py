"""What a wheel holds, compared with what the packages read; nothing is built for it.

Installed in a fresh environment the wheel was tried by hand (docs/decisions/house.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from setuptools import Distribution

from tests.commandline import ROOT

PACKAGES = ("corpus", "ingest", "nlp", "index", "api")
#: What only building, training and tests read.
NOT_READ = ("corpus/samples/", "index/training/", "ingest/restore/training/")
#: ``files("package") / "folder" / "name"``, and a folder or file beside the module that names it.
RESOURCE = re.compile(r'files\("(?P<package>[a-z.]+)"\) / "(?P<first>[\w.]+)"(?: / "(?P<second>[\w.]+)")?')
BESIDE = re.compile(
    r'(?:Path\(__file__\)|HERE)(?:\.resolve\(\))?(?P<up>(?:\.parent)*)(?:\.with_name\("(?P<name>[\w.]+)"\))?'
    r'(?: / "(?P<first>[\w.]+)")?(?: / "(?P<second>[\w.]+)")?'
)


@pytest.fixture(scope="module")
def shipped() -> frozenset[str]:
    """The files of a wheel, as setuptools finds them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        distribution = Distribution({"script_name": "setup.py"})
        distribution.parse_config_files()
        command = distribution.get_command_obj("build_py")
        command.ensure_finalized()
        modules = {Path(found[2]).as_posix() for found in command.find_all_modules()}
        data = {f"{Path(row[1]).as_posix()}/{name}" for row in command.data_files for name in row[3]}
    return frozenset(
        Path(path).relative_to(ROOT).as_posix() if Path(path).is_absolute() else path for path in modules | data
    )


def there(*, modules: bool) -> Iterator[str]:
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*"):
            name = path.relative_to(ROOT).as_posix()
            if path.is_file() and "__pycache__" not in path.parts and (path.suffix == ".py") is modules:
                yield name


def read() -> Iterator[tuple[str, str]]:
    """Yield (module, file or folder that it names)."""
    for name in there(modules=True):
        if name.startswith(NOT_READ):
            continue
        text = (ROOT / name).read_text(encoding="utf-8")
        for found in RESOURCE.finditer(text):
            parts = (found["package"].replace(".", "/"), found["first"], found["second"])
            yield name, "/".join(filter(None, parts))
        for found in BESIDE.finditer(text):
            if found["name"] or found["first"]:
                folder = Path(name)
                for _ in range(found["up"].count(".parent")):
                    folder = folder.parent
                folder = folder.parent if found["name"] else folder
                if found[0].startswith("HERE"):
                    folder = Path(name).parent
                yield name, "/".join(filter(None, (folder.as_posix(), found["name"], found["first"], found["second"])))


def test_every_file_beside_the_modules_is_shipped(shipped: frozenset[str]) -> None:
    files = {name for name in there(modules=False) if not name.startswith(NOT_READ)}
    assert len(files) > 50
    assert sorted(files - shipped) == []


def test_every_module_is_shipped_and_no_test(shipped: frozenset[str]) -> None:
    modules = {name for name in there(modules=True) if not name.startswith(("corpus/samples/", "index/training/"))}
    assert sorted(modules - shipped) == []
    assert {name.split("/")[0] for name in shipped} == set(PACKAGES)
    assert not any(name.startswith(("corpus/samples/", "index/training/")) for name in shipped)


def test_what_the_packages_read_is_shipped(shipped: frozenset[str]) -> None:
    named = set(read())
    for folder in ("api/web/templates", "api/web/static", "corpus/migrations", "index/model", "ingest/restore/model"):
        assert any(name.startswith(f"{folder}/") for name in shipped), folder
        assert any(wanted == folder for _, wanted in named), f"nobody reads {folder} any more"
    lacking = [
        (module, wanted)
        for module, wanted in named
        if wanted not in shipped and not any(name.startswith(f"{wanted}/") for name in shipped)
    ]
    assert lacking == []
