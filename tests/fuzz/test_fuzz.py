"""A bounded search for bytes that a reader cannot bear; what it finds is printed and kept beside the test's files."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
SECONDS = 10


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["docx", "vtt", "eaf", "sav"])
def test_a_guided_search_finds_no_bytes_that_raise_anything_else(tmp_path, ending):
    pytest.importorskip("atheris", reason="atheris has wheels for Linux and Python 3.11 and 3.12 alone")
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    for sample in SAMPLES.glob(f"*.{ending}"):
        shutil.copy(sample, seeds)
        if ending == "docx":
            with zipfile.ZipFile(sample) as archive:
                for part in ("word/document.xml", "word/comments.xml", "word/styles.xml"):
                    if part in archive.namelist():
                        (seeds / f"{sample.stem}_{Path(part).name}").write_bytes(archive.read(part))
    assert list(seeds.iterdir())
    script = Path(__file__).with_name("fuzz_reader.py")
    options = [f"-max_total_time={SECONDS}", "-timeout=20", "-rss_limit_mb=1500", f"-artifact_prefix={tmp_path}/"]
    done = subprocess.run(
        [sys.executable, str(script), ending, str(seeds), *options],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
