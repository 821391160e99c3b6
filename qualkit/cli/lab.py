"""Start JupyterLab on the workbench notebook, with nothing that reaches out to the network."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Callable, Mapping
from pathlib import Path
from types import FrameType

import typer

from qualkit.errors import QualkitError

NOTEBOOK = "01_workbench.ipynb"

_READY_WITHIN_SECONDS = 90
_PORTS = range(18_900, 19_900)
_MOST_TRIED = 50


def open_lab(folder: Path, *, study: Path, language: str, port: int = 0, browser: bool = True) -> None:
    """Write the notebook into ``folder`` unless it is there, serve it, print the address; ends with Ctrl+C."""
    notebook = folder / NOTEBOOK
    if not notebook.exists():
        notebook.write_text(workbench_notebook(study=study, language=language), encoding="utf-8")
    port = port or usual_port(folder)
    token = secrets.token_urlsafe(24)
    address = f"http://127.0.0.1:{port}/lab/tree/{NOTEBOOK}?token={token}"

    _end_by(signal.default_int_handler)  # also where whoever started this program ignores these signals
    command, environment = _command(folder, port), _environment(folder, token, language)
    server = subprocess.Popen(command, env=environment)  # noqa: S603 - our own interpreter and options
    try:
        _wait_until_ready(server, port, token)
        typer.echo(f"\nJupyterLab: {address}\nCtrl+C 结束 / ends it.")
        if browser:
            webbrowser.open(address)
        server.wait()
    except KeyboardInterrupt:
        typer.echo(
            "\n正在结束；显示“已保存”的都在项目文件中。 Stopping; what was shown as saved is in the project file."
        )
    finally:
        _stop(server)


def workbench_notebook(*, study: Path, language: str) -> str:
    """The workbench notebook with the language and the study's folder set in its first cell."""
    path = Path(__file__).resolve().parents[2] / "notebooks" / NOTEBOOK
    if not path.exists():
        raise QualkitError(f"{path} is missing. Run 'qualkit demo' in a clone of qualkit, which has the notebook.")
    notebook = json.loads(path.read_text("utf-8"))
    settings = {"language = ": repr(language), "study = ": f"Path({study.resolve().as_posix()!r})"}
    first = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    first["source"] = [_with_setting(line, settings) for line in first["source"]]
    return json.dumps(notebook, ensure_ascii=False, indent=1)


def _with_setting(line: str, settings: Mapping[str, str]) -> str:
    for name, value in settings.items():
        if line.startswith(name):
            _, mark, comment = line.partition("  #")
            return f"{name}{value}{mark}{comment}"
    return line


def _command(folder: Path, port: int) -> list[str]:
    options = {
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": port,
        "ServerApp.port_retries": 0,
        "ServerApp.root_dir": folder.resolve(),
        "ServerApp.terminals_enabled": False,
        "LabApp.check_for_updates_class": "jupyterlab.handlers.announcements.NeverCheckForUpdate",
        "LabApp.news_url": "",
        "LabApp.extension_manager": "readonly",
    }
    root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    flags = [f"--{name}={value}" for name, value in options.items()]
    return [sys.executable, "-m", "jupyterlab", "--no-browser", "--log-level=WARN", *root, *flags]


def _environment(folder: Path, token: str, language: str) -> dict[str, str]:
    # Settings of this folder alone: a user's own JupyterLab stays as it is. The token goes by the environment,
    # where the list of processes does not show it.
    settings = folder.resolve() / ".jupyter" / "lab-settings"
    _write_setting(settings, "apputils-extension", "notification", {"fetchNews": "false", "checkForUpdates": False})
    locale = {"zh": "zh_CN", "en": "default"}[language]
    _write_setting(settings, "translation-extension", "plugin", {"locale": locale})
    return {**os.environ, "JUPYTER_TOKEN": token, "JUPYTERLAB_SETTINGS_DIR": str(settings)}


def _write_setting(settings: Path, extension: str, name: str, value: dict[str, object]) -> None:
    path = settings / "@jupyterlab" / extension / f"{name}.jupyterlab-settings"
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value), encoding="utf-8")


def usual_port(folder: Path) -> int:
    """The port of this folder: the same each time, unless another program has it; then the next free one.

    The browser keeps actions that were not saved by the address of the page. After a crash they are
    found again only when JupyterLab comes back at the same one.
    """
    first = int.from_bytes(hashlib.sha256(str(folder.resolve()).encode()).digest()[:4], "big") % len(_PORTS)
    wanted = [*_PORTS[first:], *_PORTS[:first]][:_MOST_TRIED]
    for port in [*wanted, 0]:
        with socket.socket() as probe:
            if os.name == "posix":  # connections of a server that has just ended do not count
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise QualkitError("No port is free on this machine. Close other programs and start again.")


def _wait_until_ready(server: subprocess.Popen[bytes], port: int, token: str) -> None:
    request = urllib.request.Request(f"http://127.0.0.1:{port}/api/status", headers={"Authorization": f"token {token}"})
    until = time.monotonic() + _READY_WITHIN_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            raise QualkitError(f"JupyterLab ended with code {server.returncode}; its message stands above.")
        try:
            with urllib.request.urlopen(request, timeout=5):
                return
        except urllib.error.URLError:
            time.sleep(0.3)
    raise QualkitError(
        f"JupyterLab did not answer on port {port} within {_READY_WITHIN_SECONDS} s. "
        "Close other programs or name another port with --port."
    )


def _end_by(handler: Callable[[int, FrameType | None], object] | signal.Handlers) -> None:
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, handler)


def _stop(server: subprocess.Popen[bytes]) -> None:
    _end_by(signal.SIG_IGN)  # a second Ctrl+C must not leave JupyterLab behind
    if server.poll() is None:
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()
