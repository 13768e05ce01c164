"""What stands in deploy/ and in docs/nightly.md is what the program knows."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from pydantic import BaseModel
from typer.main import get_command

from api.cli import app
from api.nightly import tonight
from ingest.sources import config

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
DOCS = (ROOT / "docs" / "nightly.md").read_text(encoding="utf-8")
PARTS: dict[str, type[BaseModel]] = {
    "[nightly]": config.General,
    "[[folder]]": config.Folder,
    "[[mailbox]]": config.Mailbox,
    "[[portal]]": config.Portal,
    "[[edxml]]": config.Exchange,
}


def options() -> set[str]:
    command = get_command(app).commands["nightly"]  # type: ignore[attr-defined]  # the app is a group of commands
    return {name for parameter in command.params for name in parameter.opts} | {"--help"}


@pytest.mark.parametrize("name", ["congvan-nightly.service", "congvan.cron", "Containerfile"])
def test_commands_have_only_options_that_exist(name: str) -> None:
    text = (DEPLOY / name).read_text(encoding="utf-8")
    commands = re.findall(r"congvan nightly((?: --?[a-z-]+(?: [^-\s]\S*)?)*)", text)
    assert commands
    used = {word for command in commands for word in command.split() if word.startswith("--")}
    assert "--config" in used and used <= options()


def test_documents_and_example_name_every_setting() -> None:
    assert set(re.findall(r"congvan nightly (--[a-z]+)", DOCS)) <= options()
    parts = re.split(r"\n`(\[+[a-z]+\]+)`", DOCS)
    told = dict(zip(parts[1::2], parts[2::2], strict=True))
    assert list(told) == list(PARTS)
    for part, model in PARTS.items():
        text = told[part].split("\n## ")[0]
        missing = [name for name in model.model_fields if f"`{name}`" not in text and f"`{name} = " not in text]
        assert not missing, f"docs/nightly.md says nothing of {missing} of {part}"
        assert part in tonight.example()
    for name in config.General.model_fields:
        assert f"\n{name} = " in tonight.example()


def test_defaults_in_the_documents_are_those_of_the_program() -> None:
    rows = dict(re.findall(r"\| `([a-z_]+)` \| (\S+) \|", DOCS))
    assert set(rows) == set(config.General.model_fields)
    for name, field in config.General.model_fields.items():
        default = field.default
        assert rows[name] == ("[]" if default == () else str(default).lower().removesuffix(".0"))


def test_units_can_be_read() -> None:
    for path in DEPLOY.glob("congvan-nightly.*"):
        unit = configparser.RawConfigParser(strict=False)
        unit.optionxform = str  # type: ignore[assignment,method-assign]  # keys are written as they are
        unit.read_string(
            "".join(line for line in path.read_text(encoding="utf-8").splitlines(keepends=True) if line[0] != "#")
        )
        assert unit["Unit"]["Description"].startswith("congvan")
    assert unit is not None


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
def test_units_are_good_in_the_eyes_of_systemd(tmp_path: Path) -> None:
    for path in DEPLOY.glob("congvan-nightly.*"):
        text = path.read_text(encoding="utf-8")
        (tmp_path / path.name).write_text(text.replace("/opt/congvan/.venv/bin/congvan", "/bin/true"), encoding="utf-8")
    units = [str(path) for path in tmp_path.iterdir()]
    done = subprocess.run(
        ["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False, timeout=30
    )
    complaints = [line for line in done.stderr.splitlines() if "congvan" in line]
    assert complaints == [] and len(units) == 2
