"""Place small panels on the paper in pixels, so that every label has the room it needs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A plotting area in pixels from the upper left corner of a figure ``total_width`` × ``total_height``."""

    left: float
    right: float
    top: float
    bottom: float
    total_width: float
    total_height: float

    @property
    def width(self) -> float:
        """Pixels from side to side."""
        return self.right - self.left

    @property
    def x_domain(self) -> list[float]:
        """Share of the figure's width, for plotly."""
        return [self.left / self.total_width, self.right / self.total_width]

    @property
    def y_domain(self) -> list[float]:
        """Share of the figure's height, counted from below, for plotly."""
        return [1 - self.bottom / self.total_height, 1 - self.top / self.total_height]


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Pixels kept free around each panel (``left`` … ``bottom``) and around them all (``above``, ``below``)."""

    left: float
    right: float
    top: float
    bottom: float
    above: float = 0
    below: float = 0


def panel_grid(count: int, columns: int, *, width: float, height: float, room: Room) -> list[Panel]:
    """``count`` panels, each ``height`` pixels high, in rows of ``columns`` on a figure ``width`` pixels wide."""
    rows = -(-count // columns)
    cell_width, cell_height = width / columns, room.top + height + room.bottom
    total = room.above + rows * cell_height + room.below
    panels = []
    for index in range(count):
        row, column = divmod(index, columns)
        top = room.above + row * cell_height + room.top
        panels.append(
            Panel(
                left=column * cell_width + room.left,
                right=(column + 1) * cell_width - room.right,
                top=top,
                bottom=top + height,
                total_width=width,
                total_height=total,
            )
        )
    return panels


def axis_name(kind: str, index: int) -> str:
    """The layout's name of the axis of panel ``index``.

    >>> axis_name("xaxis", 0), axis_name("x", 2)
    ('xaxis', 'x3')
    """
    return kind if index == 0 else f"{kind}{index + 1}"
