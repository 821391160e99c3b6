"""The script of the search runs by itself and is no test."""

collect_ignore = ["fuzz_reader.py"]
