"""The hidden command compiles one job from stdin to stdout, or ends with an exit code and no PDF."""

import json
import subprocess
import sys
from pathlib import Path

from tests.sample_forms import RESOURCES

MAIN = str(Path(RESOURCES).parent / "main.py")


def work(template: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    job = {"template": template, "content": json.dumps({"name": "MẪU"}), "fonts": str(RESOURCES / "fonts")}
    command = [sys.executable, MAIN, "typst-worker", *arguments]
    return subprocess.run(command, input=json.dumps(job).encode(), capture_output=True, timeout=60, check=False)


def test_a_job_becomes_a_pdf() -> None:
    done = work('#set text(font: "Liberation Serif")\n#json(bytes(sys.inputs.content)).name')
    assert done.returncode == 0
    assert done.stdout.startswith(b"%PDF-")
    assert done.stderr == b""


def test_a_broken_template_is_an_exit_code_and_no_pdf() -> None:
    done = work("#nothing")
    assert done.returncode == 1
    assert done.stdout == b""
    assert b"unknown variable" in done.stderr


def test_it_takes_its_job_from_stdin_only() -> None:
    assert work("", "file.typ").returncode == 2
