"""The demo does the main job, with and without a browser, and keeps what is there."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

import qualkit as qk
from qualkit.cli import main_job
from qualkit.cli.lab import usual_port
from qualkit.errors import NoBrowserError, OptionError, QualkitError

ROOT = Path(__file__).resolve().parents[2]
QUALKIT = [sys.executable, "-m", "qualkit"]


def run(*arguments, **options):
    return subprocess.run(
        [*QUALKIT, *map(str, arguments)], capture_output=True, encoding="utf-8", timeout=240, **options
    )


@pytest.mark.slow
@pytest.mark.parametrize(("language", "tables"), [("zh", "表格.docx"), ("en", "tables.docx")])
def test_headless_demo_writes_project_figures_tables_and_page(tmp_path, language, tables):
    done = run("demo", "--headless", "--output", tmp_path, "--language", language)
    assert done.returncode == 0, done.stderr
    written = {path.suffix for path in tmp_path.iterdir()}
    assert written == {".qualkit", ".svg", ".pdf", ".png", ".docx", ".html"}
    assert (tmp_path / tables).stat().st_size > 10_000
    with qk.open_project(tmp_path / "deviance.qualkit") as project:
        assert len(project.check()) == 0
        assert len(project.codings.table()) == 478
    # A9: the scale improves reliably, the interview goes on as before.
    assert re.search(rf"^ *A9 +.*{ {'zh': '矛盾', 'en': 'divergent'}[language] }", done.stdout, re.MULTILINE)


@pytest.mark.slow
def test_a_second_demo_keeps_the_project_and_its_codings(tmp_path, monkeypatch, capsys):
    path = main_job.build_project(tmp_path, study=main_job.study_folder(), language="en")
    with qk.open_project(path, coder="Mo") as project:
        project.codings.add("pre/A1", 100, 105, "type.withdrawal.silence")
    assert main_job.build_project(tmp_path, study=main_job.study_folder(), language="en") == path
    assert "kept as it is" in capsys.readouterr().out
    with qk.open_project(path) as project:
        assert len(project.codings.table(coder="Mo")) == 1


@pytest.mark.slow
def test_without_a_browser_everything_but_the_images_is_written(tmp_path, monkeypatch, capsys):
    def refuse(results, folder):
        raise NoBrowserError("No Chrome, Edge or Chromium was found. Install one of them.")

    monkeypatch.setattr("qualkit.cli.results.write_images", refuse)
    main_job.run_headless(tmp_path, study=main_job.study_folder(), language="en")
    assert {path.suffix for path in tmp_path.iterdir()} == {".qualkit", ".docx", ".html"}
    assert "No image files: No Chrome, Edge or Chromium was found." in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl+C is another thing on Windows")
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_demo_opens_jupyterlab_prints_the_address_and_ends_with_it(tmp_path, ending):
    command = [*QUALKIT, "demo", "--output", str(tmp_path), "--no-browser", "--language", "en"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8", start_new_session=True)
    try:
        address = next(match[1] for line in server.stdout if (match := re.search(r"JupyterLab: (\S+)", line)))
        with urllib.request.urlopen(address, timeout=60) as page:
            assert page.status == 200
            assert "JupyterLab" in page.read().decode()
        setup = json.loads((tmp_path / "01_workbench.ipynb").read_text("utf-8"))["cells"][1]["source"]
        assert "language = 'en'" in "".join(setup)
        assert f"study = Path('{main_job.study_folder().as_posix()}')" in "".join(setup)
    finally:
        server.send_signal(ending)
        try:
            assert server.wait(timeout=60) == 0
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            raise
        finally:
            server.stdout.close()
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(address, timeout=5)


def test_a_folder_has_its_port_until_another_program_takes_it(tmp_path):
    port = usual_port(tmp_path)
    assert usual_port(tmp_path) == port
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        assert usual_port(tmp_path) != port
    assert usual_port(tmp_path / "another") != port


@pytest.fixture
def study(tmp_path):
    folder = tmp_path / "study"
    shutil.copytree(ROOT / "corpus" / "deviance", folder)
    text = (folder / "study.yaml").read_text("utf-8")
    (folder / "study.yaml").write_text(text.replace("../../codebooks", (ROOT / "codebooks").as_posix()), "utf-8")
    return folder


@pytest.mark.slow
def test_a_study_of_one_coder_is_reported_without_agreement(tmp_path, study, capsys):
    (study / "codings" / "Zhao.csv").unlink()
    main_job.run_headless(tmp_path / "out", study=study, language="en")
    assert {path.suffix for path in (tmp_path / "out").iterdir()} >= {".docx", ".html"}
    assert "Two coders" not in capsys.readouterr().out


def test_a_bad_file_is_named_and_the_others_come_in(tmp_path, study, capsys):
    (study / "interviews" / "pre" / "A1.docx").write_bytes(b"PK\x03\x04 not a zip")
    path = main_job.build_project(tmp_path / "out", study=study, language="en")
    shown = capsys.readouterr()
    # With the transcript go the two files of codings on it: a file comes in whole or not at all.
    assert "43 files in, 3 refused" in shown.out
    assert "A1.docx" in shown.err
    with qk.open_project(path) as project:
        names = set(project.sources.table()["name"])
    assert "pre/A1" not in names
    assert {"post/A1", "pre/A2"} <= names


def test_a_missing_study_is_a_message_not_a_traceback(tmp_path):
    done = run("demo", "--headless", "--output", tmp_path / "out", "--study", tmp_path / "nowhere")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "nowhere" in done.stderr


def test_an_unknown_language_is_refused_before_anything_is_written(tmp_path):
    with pytest.raises(OptionError, match="'zh', 'en'"):
        main_job.build_project(tmp_path / "out", study=main_job.study_folder(), language="fr")
    assert not (tmp_path / "out").exists()


def test_outside_a_clone_the_demo_says_where_to_run(monkeypatch, tmp_path):
    monkeypatch.setattr(main_job, "__file__", str(tmp_path / "a" / "b" / "main_job.py"))
    with pytest.raises(QualkitError, match="--study"):
        main_job.study_folder()
