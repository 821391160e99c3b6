from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from qualkit.errors import NoFontError
from qualkit.figures import font_files, fonts
from qualkit.figures.font_files import Font, FontFamily

HAN = "前后测退缩，。（）"
ASCII = "".join(map(chr, range(32, 127)))


def _font(name, characters, *, is_serif=False, is_truetype=True):
    codes = frozenset(map(ord, characters))
    return Font(name=name, path=Path(name), is_serif=is_serif, is_truetype=is_truetype, characters=codes)


@pytest.fixture
def install(monkeypatch):
    def installed(*, han=(), latin=()):
        monkeypatch.setattr(fonts, "find_fonts", lambda families: han if families is fonts.FAMILIES else latin)

    return installed


ARIAL = _font("Arial", ASCII + "é−")
TIMES = _font("Times New Roman", ASCII + "é−", is_serif=True)


def _names(characters):
    return [font.name for font in fonts.choose_fonts(characters)]


def test_one_font_with_every_character_is_enough(install):
    install(han=(_font("WenQuanYi Micro Hei", HAN + ASCII),), latin=(TIMES, ARIAL))
    assert _names("前测 A1") == ["WenQuanYi Micro Hei"]


def test_a_song_font_goes_with_times_new_roman_for_latin_letters(install):
    install(han=(_font("SimSun", HAN + ASCII, is_serif=True),), latin=(ARIAL, TIMES))
    assert _names("前测 A1") == ["Times New Roman", "SimSun"]


def test_a_font_without_latin_letters_is_helped(install):
    install(han=(_font("Droid Sans Fallback", HAN),), latin=(TIMES, ARIAL))
    assert _names("前测 A1") == ["Droid Sans Fallback", "Arial"]


def test_a_font_that_lacks_one_character_gives_way_to_a_complete_one(install):
    install(han=(_font("SimHei", HAN), _font("Noto Sans SC", HAN + "𠀀", is_truetype=False)))
    assert _names("前𠀀") == ["Noto Sans SC"]


def test_two_fonts_together_may_have_every_character(install):
    install(han=(_font("SimHei", "前"), _font("Noto Sans SC", "后")))
    assert sorted(_names("前后")) == ["Noto Sans SC", "SimHei"]


def test_figures_in_english_do_without_chinese_fonts(install):
    install(latin=(TIMES, ARIAL))
    assert _names("before −3 é") == ["Arial"]


def test_basic_letters_are_left_to_the_browser_where_no_font_is_known(install):
    install()
    assert fonts.choose_fonts("before 1") == ()


def test_no_chinese_font_is_refused_with_the_package(install, monkeypatch):
    install(latin=(ARIAL,))
    monkeypatch.setattr("sys.platform", "linux")
    with pytest.raises(NoFontError, match=r"no font here has the characters 前测.*boxes.*apt install fonts-noto-cjk"):
        fonts.choose_fonts("前测 A1")


def test_a_character_no_font_has_is_named(install):
    install(han=(_font("SimHei", HAN + ASCII),))
    with pytest.raises(NoFontError, match=r"characters 𠀀.*fonts found: SimHei"):
        fonts.choose_fonts("前𠀀")


@pytest.mark.parametrize(("platform", "advice"), [("win32", "Optional features"), ("darwin", "Font Book")])
def test_the_advice_is_that_of_the_platform(platform, advice):
    assert advice in fonts._no_font_message({0x524D}, (), platform)


def test_names_with_blanks_are_quoted_for_the_browser():
    stack = fonts.font_stack([TIMES, _font("SimSun", HAN, is_serif=True)])
    assert stack == '"Times New Roman", SimSun, serif'


def _write_font(path, family, characters):
    names = [".notdef", *(f"u{ord(character):04X}" for character in characters)]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap(dict(zip(map(ord, characters), names[1:], strict=True)))
    builder.setupGlyf({name: TTGlyphPen(None).glyph() for name in names})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (500, 0)))
    builder.setupHorizontalHeader()
    builder.setupNameTable({"familyName": family, "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(path)


@pytest.fixture
def folder(monkeypatch, tmp_path):
    monkeypatch.setattr(font_files, "_fontconfig_files", dict)
    monkeypatch.setattr(font_files, "font_folders", lambda platform, home: (tmp_path, tmp_path / "missing"))
    font_files._font_files.cache_clear()
    yield tmp_path
    font_files._font_files.cache_clear()


def test_fonts_are_found_by_file_name_where_fontconfig_is_not(folder):
    (folder / "sub").mkdir()
    _write_font(folder / "sub" / "SimHei.TTF", "SimHei", "前后")
    [found] = font_files.find_fonts([FontFamily(name="SimHei", files=("simhei.ttf",))])
    assert (found.name, found.is_truetype, found.characters) == ("SimHei", True, {0x524D, 0x540E})


def test_the_regular_face_is_taken_before_the_bold_one(folder):
    _write_font(folder / "NotoSansSC-Bold.ttf", "Noto Sans SC", "前")
    _write_font(folder / "NotoSansSC-Regular.ttf", "Noto Sans SC", "前")
    [found] = font_files.find_fonts([FontFamily(name="Noto Sans SC", files=("NotoSansSC*",))])
    assert found.path.name == "NotoSansSC-Regular.ttf"


def test_truetype_outlines_go_first(monkeypatch):
    cff, truetype = _font("Source Han Sans SC", HAN, is_truetype=False), _font("WenQuanYi Micro Hei", HAN)
    monkeypatch.setattr(font_files, "_find", {"a": cff, "b": truetype, "c": None}.get)
    assert font_files.find_fonts(["a", "b", "c"]) == (truetype, cff)


@pytest.mark.parametrize(("platform", "part"), [("win32", "Fonts"), ("darwin", "Library"), ("linux", ".fonts")])
def test_each_platform_has_folders_of_the_machine_and_of_the_user(platform, part, tmp_path):
    folders = font_files.font_folders(platform, tmp_path)
    assert len(folders) > 1
    assert any(part in str(folder) for folder in folders)
