"""Read the files of a large import in other processes, while the caller stores what has been read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path

from qualkit.errors import ReadError
from qualkit.model import Source
from qualkit.readers.sources import read_source
from qualkit.readers.wire import from_line

File = tuple[Path, str]
Read = Callable[[Path, str], Source]

# Below so many files a process would not be ready before they are read.
_FEW = 60
_MOST_PROCESSES = 3
# So many files are read before they are asked for, and no more: they wait in memory.
_AHEAD = 16
# No file that a reader accepts takes so long, even on a slow machine.
_SECONDS = 120


@contextmanager
def reading_ahead(files: Sequence[File]) -> Iterator[Read]:
    """What reads ``files`` (each with the kind of its source), best asked for in this order."""
    n_processes = min((os.cpu_count() or 1) - 1, _MOST_PROCESSES)
    if len(files) < _FEW or n_processes < 1:
        yield read_directly
        return
    readers = _Readers(files, n_processes)
    try:
        yield readers.read
    finally:
        readers.close()


def read_directly(path: Path, kind: str) -> Source:
    """Read a file in this process."""
    return read_source(path, kind=kind)


class _Readers:
    """Threads with a process each; the files are given to them in order, some at a time."""

    def __init__(self, files: Sequence[File], n_processes: int) -> None:
        self._own = threading.local()
        self._processes: list[subprocess.Popen[str]] = []
        self._pool = ThreadPoolExecutor(n_processes, thread_name_prefix="qualkit-reader")
        self._rest = iter(files)
        self._under_way: deque[tuple[File, Future[Source]]] = deque()
        self._is_closed = False
        self._give(_AHEAD * n_processes)

    def read(self, path: Path, kind: str) -> Source:
        """The source of a file; those before it that nobody asked for are dropped."""
        if not any(file == (path, kind) for file, _ in self._under_way):
            return read_directly(path, kind)
        while True:
            file, future = self._under_way.popleft()
            self._give(1)
            if file == (path, kind):
                return self._wait(file, future)
            future.cancel()

    def _wait(self, file: File, future: Future[Source]) -> Source:
        # Rather than to wait, read what no process has begun: this file, or the last of those to come.
        if future.cancel():
            return read_directly(*file)
        while not future.done() and (waiting := self._last_waiting()) is not None:
            place, other = waiting
            self._under_way[place] = other, _done(other)
        return future.result()

    def _last_waiting(self) -> tuple[int, File] | None:
        for place in range(len(self._under_way) - 1, -1, -1):
            file, future = self._under_way[place]
            if future.cancel():
                return place, file
        return None

    def close(self) -> None:
        """End the processes."""
        self._is_closed = True
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in self._processes:
            process.kill()
        self._pool.shutdown()
        for process in self._processes:
            # Also one that was being started meanwhile.
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    # A question that nobody hears any more may still stand in the pipe.
                    with suppress(OSError):
                        stream.close()

    def _give(self, n: int) -> None:
        for file in islice(self._rest, n):
            self._under_way.append((file, self._pool.submit(self._ask, *file)))

    def _ask(self, path: Path, kind: str) -> Source:
        process = self._process()
        clock = threading.Timer(_SECONDS, process.kill)
        clock.start()
        try:
            answer = _exchange(process, json.dumps([str(path), kind]))
        finally:
            clock.cancel()
        if not answer:
            del self._own.process
            raise ReadError(
                f"{path.name} could not be read: the program that reads it ended or took more than {_SECONDS} seconds. "
                "Open the file in the program it comes from and save it again."
            )
        if answer.startswith("-"):
            raise ReadError(json.loads(answer[1:]))
        return from_line(answer[1:])

    def _process(self) -> subprocess.Popen[str]:
        if self._is_closed:
            raise ReadError("The import was stopped.")
        if not hasattr(self._own, "process"):
            self._own.process = subprocess.Popen(
                [sys.executable, "-m", "qualkit.readers.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                encoding="utf-8",
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
            self._processes.append(self._own.process)
        return self._own.process


def _done(file: File) -> Future[Source]:
    made: Future[Source] = Future()
    try:
        made.set_result(read_directly(*file))
    except ReadError as error:
        made.set_exception(error)
    return made


def _exchange(process: subprocess.Popen[str], question: str) -> str:
    if process.stdin is None or process.stdout is None:
        return ""
    try:
        process.stdin.write(question + "\n")
        process.stdin.flush()
        return process.stdout.readline()
    except (OSError, ValueError):
        # It has ended: what it cannot be told, it cannot answer.
        return ""
