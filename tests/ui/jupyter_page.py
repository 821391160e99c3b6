"""A real JupyterLab and a real headless Chromium, driven by Playwright."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nbformat
from playwright.sync_api import Page

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

_SETTINGS = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "apputils-extension/themes": {"theme": "JupyterLab Light"},
}


def find_chromium() -> str | None:
    """The Chromium of this machine."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome", "microsoft-edge", "msedge")
    return next((found for found in map(shutil.which, names) if found), None)


class Lab:
    """A JupyterLab server in a folder of its own, with settings of its own."""

    def __init__(self, folder: Path, *, theme: str = "JupyterLab Light", locale: str = "en") -> None:
        self.folder = folder
        self.token = secrets.token_hex(16)
        self.port = _free_port()
        settings = {**_SETTINGS, "apputils-extension/themes": {"theme": theme}}
        if locale != "en":
            settings["translation-extension/plugin"] = {"locale": locale}
        for name, values in settings.items():
            path = folder / "home" / "lab-settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(values), encoding="utf-8")
        self.process = self._start()

    def _start(self) -> subprocess.Popen:
        home = self.folder / "home"
        own = {
            "HOME": home,
            "JUPYTER_CONFIG_DIR": home / "config",
            "JUPYTER_DATA_DIR": home / "data",
            "JUPYTER_RUNTIME_DIR": home / "runtime",
            "IPYTHONDIR": home / "ipython",
            "JUPYTERLAB_SETTINGS_DIR": home / "lab-settings",
            "JUPYTERLAB_WORKSPACES_DIR": home / "workspaces",
        }
        command = [
            *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1"),
            *(f"--ServerApp.port={self.port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={self.token}"),
            *(f"--ServerApp.root_dir={self.folder}", "--ServerApp.terminals_enabled=False"),
            *("--LabApp.expose_app_in_browser=True", "--LabApp.news_url="),
            "--LabApp.check_for_updates_class=jupyterlab.handlers.announcements.NeverCheckForUpdate",
        ]
        environment = {**os.environ, **{name: str(path) for name, path in own.items()}}
        with (self.folder / "lab.log").open("wb") as log:
            return subprocess.Popen(command, cwd=self.folder, env=environment, stdout=log, stderr=subprocess.STDOUT)

    def wait(self, seconds: float = 90) -> None:
        """Until the server answers."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise RuntimeError((self.folder / "lab.log").read_text(errors="replace")[-3000:])
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/api?token={self.token}", timeout=2):
                    return
            except OSError:
                time.sleep(0.2)
        raise TimeoutError("JupyterLab did not start.")

    def write_notebook(self, name: str, *cells: str) -> None:
        """A notebook with these code cells."""
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
        nbformat.write(notebook, self.folder / name)

    def open(self, page: Page, name: str) -> LabPage:
        """Open a notebook and wait for its kernel."""
        page.goto(f"http://127.0.0.1:{self.port}/lab/tree/{name}?reset&token={self.token}")
        lab_page = LabPage(page)
        lab_page.wait_for_kernel()
        return lab_page

    def stop(self) -> None:
        """End the server."""
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class LabPage:
    """A notebook open in the browser."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def wait_for_kernel(self) -> None:
        """The idle sign of the page comes too early: ask the session itself."""
        self.page.wait_for_function(
            """() => {
                const context = window.jupyterapp?.shell?.currentWidget?.sessionContext;
                return context?.isReady && context.session?.kernel?.status === 'idle';
            }""",
            timeout=90_000,
        )

    def run_all(self) -> None:
        """Run all cells, without waiting."""
        self.page.evaluate("() => void window.jupyterapp.commands.execute('notebook:run-all-cells')")

    def run_and_open(self, selector: str = ".qk-coder[data-painted]") -> None:
        """Run all cells and wait until a widget is there; the old one is gone first."""
        self.page.evaluate("() => document.querySelectorAll('.qk-coder').forEach((old) => delete old.dataset.painted)")
        self.run_all()
        self.page.wait_for_selector(selector, timeout=60_000)

    def restart_kernel(self) -> None:
        """Restart the kernel as the menu does, without the question."""
        self.page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()")
        self.wait_for_kernel()

    def saved(self) -> None:
        """Wait until the widget says that everything is saved."""
        self.page.wait_for_selector(".qk-save[data-state=saved]", timeout=20_000)

    def n_cells(self) -> int:
        """Cells of the notebook."""
        return self.page.evaluate("() => window.jupyterapp.shell.currentWidget.content.widgets.length")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
