"""What is remarked on material, in both languages: English as it stands, and Chinese for those who ask for it."""

from __future__ import annotations

from collections.abc import Iterable


class Remark(str):
    """A text in English that knows its Chinese; everything that takes a text takes it.

    An error raised with one can be shown in Chinese: ``say(error.args[0], "zh")``.

    >>> Remark("8 turns", "8 个话轮"), Remark("8 turns", "8 个话轮").zh
    ('8 turns', '8 个话轮')
    """

    zh: str

    def __new__(cls, en: str, zh: str) -> Remark:
        made = super().__new__(cls, en)
        made.zh = zh
        return made

    def __reduce__(self) -> tuple[type[Remark], tuple[str, str]]:
        return Remark, (str(self), self.zh)


def say(text: object, language: str) -> str:
    """A text in a language, as far as it knows it; an error's is what it was raised with.

    >>> say(Remark("8 turns", "8 个话轮"), "zh"), say(ValueError(Remark("no", "否")), "zh"), say("8 turns", "zh")
    ('8 个话轮', '否', '8 turns')
    """
    if isinstance(text, BaseException):
        text = text.args[0] if text.args else ""
    return text.zh if language == "zh" and isinstance(text, Remark) else str(text)


def join_remarks(remarks: Iterable[str]) -> Remark:
    """Several remarks as one.

    >>> join_remarks([Remark("8 turns", "8 个话轮"), "A3"]).zh
    '8 个话轮；A3'
    """
    found = [one for one in remarks if one]
    return Remark("; ".join(found), "；".join(say(one, "zh") for one in found))
