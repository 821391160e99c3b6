import sys

import pytest

from qualkit.errors import FigureError, NoBrowserError
from qualkit.figures import browser


@pytest.fixture
def program(tmp_path):
    path = tmp_path / "chrome"
    path.write_text("")
    path.chmod(0o755)
    return path


def test_the_variable_goes_before_everything(monkeypatch, program):
    monkeypatch.setenv("BROWSER_PATH", str(program))
    assert browser.find_browser() == program


def test_a_variable_without_file_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "gone"))
    with pytest.raises(NoBrowserError, match=r"BROWSER_PATH names .*gone, which is not a file"):
        browser.find_browser()


def test_a_browser_on_the_path_is_found(monkeypatch, tmp_path, program):
    monkeypatch.delenv("BROWSER_PATH", raising=False)
    monkeypatch.setattr(browser, "_MORE_NAMES", ("chrome",))
    monkeypatch.setattr("choreographer.browsers.chromium.Chromium.find_browser", lambda **_: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    if sys.platform == "win32":
        pytest.skip("a program needs a suffix on Windows")
    assert browser.find_browser() == program


def test_a_machine_without_browser_is_told_what_to_install(monkeypatch):
    monkeypatch.delenv("BROWSER_PATH", raising=False)
    monkeypatch.setattr(browser, "_search", lambda: None)
    with pytest.raises(FigureError, match="need Chrome, Edge or Chromium, and none was found"):
        browser.find_browser()


@pytest.mark.parametrize(
    ("platform", "advice"),
    [("linux", "apt install chromium"), ("darwin", "Applications"), ("win32", "Edge is part of")],
)
def test_the_advice_is_that_of_the_platform(platform, advice):
    assert advice in browser._no_browser_message(platform)


def test_a_browser_in_the_users_own_folder_of_a_mac_is_looked_for(tmp_path):
    places = browser._more_places("darwin", tmp_path)
    assert tmp_path / "Applications/Chromium.app/Contents/MacOS/Chromium" in places
