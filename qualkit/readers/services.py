"""Which speech service wrote a text, whatever kind of file it stood in."""

from __future__ import annotations

from dataclasses import dataclass

from qualkit.model import Turn
from qualkit.readers import feishu, iflyrec, otter, teams_text, tencent_meeting, tongyi
from qualkit.readers.service_text import Service, is_text_of, read_service_text

# A service whose lines could be taken for another's stands below it.
SERVICES: tuple[Service, ...] = (
    feishu.SERVICE,
    iflyrec.SERVICE,
    tongyi.SERVICE,
    otter.SERVICE,
    teams_text.SERVICE,
    tencent_meeting.SERVICE,
)


@dataclass(frozen=True, slots=True)
class ServiceText:
    """The service's name, the turns in its text, and what the header says."""

    name: str
    turns: list[Turn]
    meta: dict[str, str]


def read_service(text: str) -> ServiceText | None:
    """The turns of a service's transcript, as places in its text, and its header; ``None`` for other texts.

    >>> read_service("说话人1 00:07\\n嗯。")
    ServiceText(name='iflyrec', turns=[Turn(start=11, end=13, speaker='说话人1', time_ms=7000)], meta={})
    >>> read_service("访谈者：早。") is None
    True
    """
    for service in SERVICES:
        if is_text_of(service, text):
            turns, meta = read_service_text(service, text)
            return ServiceText(service.name, turns, meta)
    return None
