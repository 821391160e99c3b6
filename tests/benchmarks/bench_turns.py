"""How long header, turns and marks of a transcript take, for files of 10,000 characters and for one of 5,000,000."""

from __future__ import annotations

import random
import statistics
import time

from qualkit.language.marks import find_marks
from qualkit.readers.header import find_header
from qualkit.readers.speakers import split_turns

N_FILES = 1000
_SIGNS = "我你他们的了是在不有这那就去家里学校老师妈妈爸爸奶奶同学玩走说觉得高兴难过晚上作业电话时候什么怎么因为所以"
_REMARKS = ("（低头）", "【沉默约5秒】", "……", "（笑）", "（他姐姐）", "他说：我不去。")
_SPEAKERS = (("访谈者", "A3"), ("社工", "小雨"), ("问", "答"), ("00:01:02 社工", "00:01:09 组员A1"))


def main() -> None:
    """Print the median per file, and the times of one long text and of a million different names."""
    files = [make_transcript(number, 10_000, *_SPEAKERS[number % len(_SPEAKERS)]) for number in range(N_FILES)]
    seconds = [read(text) for text in files]
    for place, speakers in enumerate(_SPEAKERS):
        median = statistics.median(seconds[place :: len(_SPEAKERS)])
        print(f"10,000 characters, {' / '.join(speakers):30} {1000 * median:6.2f} ms")
    print(f"5,000,000 characters {read(make_transcript(1, 5_000_000, '访谈者', 'A3')):35.2f} s")
    names = "".join(f"名字{number}：嗯\n" for number in range(1_000_000))
    print(f"1,000,000 names      {read(names):35.2f} s")


def read(text: str) -> float:
    """How many seconds header, turns and marks take."""
    began = time.perf_counter()
    _, header_end = find_header(text)
    split_turns(text, header_end=header_end)
    find_marks(text)
    return time.perf_counter() - began


def make_transcript(seed: int, n_characters: int, *speakers: str) -> str:
    """An interview of nonsense with a header, marks and quoted speech."""
    rng = random.Random(seed)
    lines = ["访谈编号：虚构-A3-01", "访谈时间：2031-04-12", ""]
    size = 0
    while size < n_characters:
        stretches = ("".join(rng.choices(_SIGNS, k=rng.randint(4, 22))) for _ in range(rng.randint(1, 5)))
        words = "，".join(stretches) + rng.choice("。？！") + (rng.choice(_REMARKS) if rng.random() < 0.15 else "")
        lines.append(f"{speakers[len(lines) % len(speakers)]}：{words}")
        size += len(lines[-1]) + 1
    return "\n".join(lines)


if __name__ == "__main__":
    main()
