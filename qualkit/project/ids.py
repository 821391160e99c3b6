"""Ids that carry the study's prefix and sort by time: ``DEV-0198f3…``."""

from __future__ import annotations

import os
import threading
import time

_lock = threading.Lock()
_last = 0

_COUNTER_BITS = 12


def new_id(prefix: str) -> str:
    """A new id: the prefix and the 32 hex digits of a version 7 UUID (RFC 9562).

    Ids of one process rise strictly, so rows made in one go keep their order.

    >>> new_id("DEV").startswith("DEV-"), len(new_id("DEV"))
    (True, 36)
    >>> first, second = new_id("DEV"), new_id("DEV")
    >>> first < second
    True
    """
    stamp = _next_stamp()
    milliseconds, counter = stamp >> _COUNTER_BITS, stamp & ((1 << _COUNTER_BITS) - 1)
    random = int.from_bytes(os.urandom(8)) & ((1 << 62) - 1)
    number = (milliseconds << 80) | (7 << 76) | (counter << 64) | (2 << 62) | random
    return f"{prefix}-{number:032x}"


def _next_stamp() -> int:
    # Milliseconds and a counter in one number: when the clock stands still or goes back, the counter goes on.
    global _last
    with _lock:
        now = (time.time_ns() // 1_000_000) << _COUNTER_BITS
        _last = max(now, _last + 1)
        return _last
