"""The same rubric gives the same bytes, and the committed template is what the builder gives."""

from __future__ import annotations

import subprocess
import sys
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import pytest

from jixiao.scoring import shipped_rubric, shipped_rubrics
from jixiao.template import build_template, template_name

from .built import RUBRIC, content

COMMITTED = Path(__file__).parents[2] / "workbook_templates"


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_two_builds_are_equal() -> None:
    assert build_template(RUBRIC) == content()


def test_another_process_with_another_hash_seed_builds_the_same() -> None:
    program = (
        "import hashlib; from jixiao.scoring import shipped_rubric;"
        "from jixiao.template import build_template;"
        f"data = build_template(shipped_rubric({RUBRIC.id!r}));"
        "print(hashlib.sha256(data).hexdigest())"
    )
    environment = {"PYTHONPATH": ":".join(sys.path), "PATH": ""}
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**environment, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_parts_of_the_file_have_no_time_of_their_own() -> None:
    with zipfile.ZipFile(BytesIO(content())) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("rubric_id", shipped_rubrics())
def test_committed_template_is_what_is_built(rubric_id: str) -> None:
    rubric = shipped_rubric(rubric_id)
    committed = (COMMITTED / template_name(rubric)).read_bytes()
    built = build_template(rubric)
    advice = "run `python -m jixiao build` and look at the result before committing it"
    assert members(committed) == members(built), advice
    # Another zlib may pack the same content differently; where it does not, the bytes are equal.
    sample = members(built)["xl/styles.xml"]
    with zipfile.ZipFile(BytesIO(committed)) as archive:
        packed = archive.getinfo("xl/styles.xml").compress_size
    if packed == len(_deflated(sample)):
        assert committed == built, advice


def _deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(-1, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()
