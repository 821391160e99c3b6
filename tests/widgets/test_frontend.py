"""The browser side: its own tests, and that the committed bundles are a build of the committed source."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

import qualkit.widgets

FRONTEND = Path(qualkit.widgets.__file__).parent / "frontend"
STATIC = FRONTEND.parent / "static"
NPM = shutil.which("npm")


@pytest.fixture(scope="session")
def npm():
    if NPM is None:
        pytest.skip("Node.js and npm are not here; they are needed to change the browser side, not to use it.")
    if not (FRONTEND / "node_modules" / "esbuild").is_dir():
        installed = _run("ci", "--ignore-scripts")
        assert installed.returncode == 0, installed.stdout + installed.stderr
    return _run


def _run(*arguments):
    environment = {name: value for name, value in os.environ.items() if name != "NODE_OPTIONS"}
    return subprocess.run(
        [NPM, *arguments],
        cwd=FRONTEND,
        capture_output=True,
        encoding="utf-8",
        env=environment,
        timeout=240,
        check=False,
    )


def test_the_tests_of_the_browser_side_pass(npm):
    result = npm("test")
    assert result.returncode == 0, result.stdout[-4000:] + result.stderr[-2000:]


def test_the_bundles_are_a_build_of_the_source(npm):
    result = npm("run", "check")
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("name", "most"), [("coder", 150_000), ("quotes", 80_000), ("speakers", 80_000), ("workbench", 200_000)]
)
def test_bundles_are_small_and_ask_nothing_of_a_network(name, most):
    code = (STATIC / f"{name}.js").read_text(encoding="utf-8")
    assert len(code.encode()) <= most
    assert "https://" not in code
    assert "http://" not in code.replace("http://www.w3.org/2000/svg", "")


def test_the_list_of_packages_names_no_registry():
    assert "resolved" not in (FRONTEND / "package-lock.json").read_text(encoding="utf-8")
