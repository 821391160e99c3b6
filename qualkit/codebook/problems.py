"""One thing wrong in a codebook, with file, line and remedy."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong where, and what to do; an ``error`` keeps the codebook from being read, a ``warning`` does not."""

    file: str
    line: int
    code: str = ""
    severity: str = "error"
    problem: str
    remedy: str

    def __str__(self) -> str:
        code = f"code {self.code!r}: " if self.code else ""
        return f"{self.file}, line {self.line}: {code}{self.problem} {self.remedy}"
