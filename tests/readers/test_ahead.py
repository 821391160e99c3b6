"""Files read in other processes are the files read here, and what goes wrong there stays there."""

import os
import signal

import pytest

from qualkit.errors import ReadError
from qualkit.readers import ahead, read_source
from qualkit.readers.ahead import reading_ahead


@pytest.fixture
def files(tmp_path, monkeypatch):
    """Eight small transcripts, which count as many."""
    monkeypatch.setattr(ahead, "_FEW", 4)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    made = []
    for number in range(8):
        file = tmp_path / f"A{number}.txt"
        file.write_text(f"访谈编号：{number}\n\n访谈者：下课呢？\nA{number}：自己待着😀。（低头）\n", encoding="utf-8")
        made.append((file, "interview"))
    return made


def test_sources_are_those_read_here(files):
    with reading_ahead(files) as read:
        assert [read(path, kind) for path, kind in files] == [read_source(path, kind=kind) for path, kind in files]


def test_a_file_that_cannot_be_read_says_the_same_as_here(files):
    files[2][0].write_bytes(b"PK\x03\x04 broken")
    with reading_ahead(files) as read:
        with pytest.raises(ReadError) as there:
            read(*files[2])
        assert read(*files[3]).name == "A3"
    with pytest.raises(ReadError) as here:
        read_source(files[2][0])
    assert str(there.value) == str(here.value)


def test_files_may_be_left_out_and_others_asked_for(files, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text("A9：好。\n", encoding="utf-8")
    with reading_ahead(files) as read:
        assert read(*files[5]).name == "A5"
        assert read(other, "interview").name == "other"
        assert read(*files[0]).name == "A0"
        assert read(*files[7]).name == "A7"


def test_a_reader_that_dies_costs_one_file_and_the_others_go_on(files, monkeypatch):
    monkeypatch.setattr(ahead, "_AHEAD", 1)
    with reading_ahead(files) as read:
        assert read(*files[0]).name == "A0"
        readers = read.__self__
        os.kill(readers._processes[0].pid, signal.SIGKILL)
        readers._processes[0].wait()
        outcomes = []
        for path, kind in files[1:]:
            try:
                outcomes.append(read(path, kind).name)
            except ReadError as error:
                outcomes.append(str(error))
    # The file that was being read is lost, if one was; what nobody had begun is read here or by the next process.
    lost = [one for one in outcomes if "could not be read: the program that reads it ended" in one]
    assert len(lost) <= 1
    names = [path.stem for path, _ in files[1:] if not any(one.startswith(path.name) for one in lost)]
    assert [one for one in outcomes if one not in lost] == names


def test_no_process_is_left_when_an_import_is_stopped(files):
    class Stopped(Exception):
        pass

    kept = []

    def stop_half_way():
        with reading_ahead(files) as read:
            read(*files[0])
            kept.append(read.__self__)
            raise Stopped

    with pytest.raises(Stopped):
        stop_half_way()
    assert [process.poll() is not None for process in kept[0]._processes] == [True]
