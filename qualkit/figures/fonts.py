"""Choose the fonts of a figure so that every character it shows has a glyph, or refuse."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from qualkit.errors import NoFontError
from qualkit.figures.font_files import Font, FontFamily, find_fonts

# In the order of wish. Those with TrueType outlines go first all the same: CFF outlines (Source Han, Noto)
# become Type 3 fonts in the PDF, which some journals refuse.
FAMILIES = (
    FontFamily(name="SimSun", files=("simsun.ttc", "simsun.ttf"), is_serif=True),
    FontFamily(name="Source Han Serif SC", files=("SourceHanSerif*.otf", "SourceHanSerif*.ttc"), is_serif=True),
    FontFamily(name="Noto Serif CJK SC", files=("NotoSerifCJK*",), is_serif=True),
    FontFamily(name="Noto Serif SC", files=("NotoSerifSC*",), is_serif=True),
    FontFamily(name="Songti SC", files=("Songti.ttc",), is_serif=True),
    FontFamily(name="Source Han Sans SC", files=("SourceHanSans*.otf", "SourceHanSans*.ttc")),
    FontFamily(name="Noto Sans CJK SC", files=("NotoSansCJK*",)),
    FontFamily(name="Noto Sans SC", files=("NotoSansSC*",)),
    FontFamily(name="PingFang SC", files=("PingFang.ttc",)),
    FontFamily(name="Hiragino Sans GB", files=("Hiragino Sans GB.ttc",)),
    FontFamily(name="Microsoft YaHei", files=("msyh.ttc", "msyh.ttf")),
    FontFamily(name="SimHei", files=("simhei.ttf",)),
    FontFamily(name="WenQuanYi Micro Hei", files=("wqy-microhei.ttc",)),
    FontFamily(name="WenQuanYi Zen Hei", files=("wqy-zenhei.ttc",)),
    FontFamily(name="Droid Sans Fallback", files=("DroidSansFallback*.ttf",)),
)

# Latin letters for families that have none, and for signs a Han font lacks.
_LATIN = (
    FontFamily(
        name="Times New Roman", files=("times.ttf", "Times New Roman.ttf", "Times_New_Roman.ttf"), is_serif=True
    ),
    FontFamily(name="Liberation Serif", files=("LiberationSerif-Regular.ttf",), is_serif=True),
    FontFamily(name="Arial", files=("arial.ttf", "Arial.ttf")),
    FontFamily(name="Liberation Sans", files=("LiberationSans-Regular.ttf",)),
    FontFamily(name="DejaVu Sans", files=("DejaVuSans.ttf",)),
)

_HOW_TO_GET_ONE = {
    "linux": "Debian, Ubuntu: sudo apt install fonts-noto-cjk (or the smaller fonts-wqy-microhei); "
    "Fedora: sudo dnf install google-noto-sans-cjk-fonts",
    "darwin": "macOS brings PingFang SC and Songti SC; switch them on in Font Book, or install Source Han Sans SC",
    "win32": "Windows: Settings, Time & language, Optional features, add the Chinese (Simplified) Supplemental Fonts",
}


def choose_fonts(characters: Iterable[str]) -> tuple[Font, ...]:
    """Installed fonts which together have a glyph for each of ``characters``.

    The first one that has every Chinese character is preferred to a mixture, a TrueType font to others, and
    otherwise the order of ``FAMILIES`` holds.

    Raises
    ------
    NoFontError
        When a character would be drawn as a box; names the characters and the package to install.
    """
    needed = {ord(character) for character in characters if _has_shape(character)}
    han, latin = find_fonts(FAMILIES), find_fonts(_LATIN)
    order = _order_of_choice({code for code in needed if _is_east_asian(code)}, han, latin)
    chosen: list[Font] = []
    missing = set(needed)
    for font in order:
        if not chosen or missing & font.characters:
            chosen.append(font)
            missing -= font.characters
    # Any browser has some font with the basic Latin letters.
    if missing := {code for code in missing if code >= 0x80}:
        raise NoFontError(_no_font_message(missing, han, sys.platform))
    return tuple(_latin_first(chosen, latin))


def font_stack(fonts: Sequence[Font]) -> str:
    """The fonts as a CSS list, ending with a generic name.

    >>> font_stack(())
    'sans-serif'
    """
    generic = "serif" if fonts and fonts[0].is_serif else "sans-serif"
    names = [font.name for font in fonts]
    return ", ".join([*(f'"{name}"' if " " in name else name for name in names), generic])


def house_stack() -> str:
    """The list for figures on a screen, where the browser itself takes the first font there is."""
    return ", ".join([*(f'"{family.name}"' for family in FAMILIES), "sans-serif"])


def _order_of_choice(east_asian: set[int], han: Sequence[Font], latin: Sequence[Font]) -> list[Font]:
    if not east_asian:
        return [*sorted(latin, key=lambda font: font.is_serif), *han]
    complete = [font for font in han if east_asian <= font.characters]
    others = [font for font in han if font not in complete]
    is_serif = bool(complete) and complete[0].is_serif
    matching = sorted(latin, key=lambda font: font.is_serif != is_serif)
    return [*complete[:1], *matching, *complete[1:], *others] if complete else [*others, *matching]


def _latin_first(fonts: Sequence[Font], latin: Sequence[Font]) -> list[Font]:
    # 宋体 goes with Times New Roman; the Latin letters inside 宋体 are not what a thesis shows.
    if not fonts or not fonts[0].is_serif:
        return list(fonts)
    times = [font for font in latin if font.is_serif][:1]
    return [*times, *(font for font in fonts if font not in times)]


def _is_east_asian(code: int) -> bool:
    return 0x2E80 <= code <= 0xFFFF or 0x20000 <= code < 0x40000


def _has_shape(character: str) -> bool:
    return character.isprintable() and not character.isspace()


def _no_font_message(missing: set[int], han: Sequence[Font], platform: str) -> str:
    shown = "".join(chr(code) for code in sorted(missing)[:12])
    more = f" and {len(missing) - 12} more" if len(missing) > 12 else ""
    found = ", ".join(font.name for font in han) or "none with Chinese characters"
    how = _HOW_TO_GET_ONE.get(platform, _HOW_TO_GET_ONE["linux"])
    return (
        f"The figure was not saved: no font here has the characters {shown}{more}, they would be boxes "
        f"(fonts found: {found}). Install one and try again. {how}."
    )
