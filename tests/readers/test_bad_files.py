"""Whatever a file holds, a reader gives a result or a ReadError that names the file and a remedy."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualkit.errors import ReadError
from qualkit.readers import read_observations, read_responses, read_source, read_table

READERS = {"txt": read_source, "docx": read_source, "srt": read_source, "csv": read_table, "xlsx": read_table}


@pytest.mark.parametrize("suffix", READERS)
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"\x00" * 50,
        b"PK\x03\x04",
        b"PK\x05\x06" + bytes(18),
        b"\xff" * 50,
        b"\xd0\xcf\x11\xe0" + bytes(600),
    ],
    ids=["empty", "blank", "nul", "zip head", "empty zip", "0xff", "ole"],
)
def test_a_broken_file_is_refused_by_name(write, suffix, content):
    path = write(f"A3.{suffix}", content)
    if content[:1] == b"\x00" and suffix in ("txt", "csv"):
        READERS[suffix](path)
        return
    with pytest.raises(ReadError, match=rf"A3\.{suffix}.*\. \w"):
        READERS[suffix](path)


@pytest.mark.parametrize("read", [read_source, read_table, read_observations, read_responses])
def test_a_missing_file_and_a_folder_are_named(tmp_path, read):
    with pytest.raises(ReadError, match=r"A3\.txt does not exist"):
        read(tmp_path / "A3.txt")
    (tmp_path / "A4.txt").mkdir()
    with pytest.raises(ReadError, match=r"A4\.txt is a folder"):
        read(tmp_path / "A4.txt")


@pytest.mark.parametrize("name", ["A3", "A3.doc", "A3.mp3"])
def test_an_unknown_kind_is_named_with_what_would_do(write, name):
    with pytest.raises(ReadError, match=rf"{name}: files of the kind .* Save it as one of .*\.docx, .*\.txt"):
        read_source(write(name, "x"))


@pytest.mark.parametrize("name", ["A3.pdf", "A3.docx", "A3.rtf", "A3.vtt"])
def test_a_file_that_is_not_what_its_ending_says_is_named(write, name):
    with pytest.raises(ReadError, match=rf"{name} is not a .* file: .* Open it in the program that wrote it"):
        read_source(write(name, "x"))


@pytest.mark.parametrize("read", [read_source, read_table])
def test_a_pipe_or_device_is_refused_and_does_not_hang(tmp_path, read):
    (tmp_path / "A3.txt").symlink_to("/dev/zero")
    with pytest.raises(ReadError, match=r"A3\.txt is a device or a pipe"):
        read(tmp_path / "A3.txt")


@pytest.mark.timeout(5)
@pytest.mark.parametrize("suffix", ["txt", "srt"])
def test_a_text_beyond_any_interview_is_refused_in_time(write, suffix):
    with pytest.raises(
        ReadError, match=rf"A3\.{suffix} has 10,500,000 characters; texts up to 10,000,000 are read\. Split"
    ):
        read_source(write(f"A3.{suffix}", "A3：好\nA4：好\n" * 1_050_000))


@pytest.mark.timeout(5)
def test_a_word_file_beyond_any_interview_is_refused_in_time(write, make_docx):
    with pytest.raises(ReadError, match=r"A3\.docx has 200,001 paragraphs; documents up to 200,000"):
        read_source(write("A3.docx", make_docx("<w:p/>" * 200_001)))


@pytest.mark.timeout(5)
@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a" + "\n" * 2_000_001, "more than 2,000,000 lines"),
        (",".join(map(str, range(16_385))), "row 1: 16,385 columns"),
    ],
    ids=["lines", "columns"],
)
def test_a_table_beyond_any_study_is_refused_in_time(write, text, message):
    with pytest.raises(ReadError, match=rf"A3\.csv.*{message}.* Split|A3\.csv.*{message}.*split"):
        read_table(write("A3.csv", text))


def test_a_name_no_system_accepts_is_a_read_error():
    with pytest.raises(ReadError, match="cannot be opened"):
        read_source("A3\x00.txt")


FUZZ = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
ODD_TEXT = st.text(
    alphabet=st.sampled_from('访谈者A3：:，,;"\t\n\r 0123456789->.()（）【】[]√×=item编号节次(1-5)\x00\ufeff😀'),
    max_size=200,
)


def gives_result_or_read_error(read, path):
    try:
        read(path)
    except ReadError as error:
        message = str(error)
    else:
        message = path.name
    assert path.name in message


@pytest.mark.parametrize("suffix", READERS)
@FUZZ
@given(data=st.binary(max_size=300))
def test_random_bytes_do_no_harm(write, suffix, data):
    gives_result_or_read_error(READERS[suffix], write(f"A3.{suffix}", data))


@pytest.mark.parametrize("suffix", ["txt", "srt", "csv"])
@FUZZ
@given(text=ODD_TEXT)
def test_odd_text_does_no_harm(write, suffix, text):
    gives_result_or_read_error(READERS[suffix], write(f"A3.{suffix}", text))


@pytest.mark.parametrize("read", [read_observations, read_responses])
@FUZZ
@given(text=ODD_TEXT)
def test_odd_tables_do_no_harm(write, read, text):
    gives_result_or_read_error(read, write("A3.csv", "节次,组员编号,编号,参与度(1-5)\n" + text))
    gives_result_or_read_error(read, write("A3.csv", "编号,1,2\n" + text))


@pytest.mark.parametrize("file", ["interview_bold_speaker.docx", "observation_merged_header.xlsx"])
@FUZZ
@given(cut=st.integers(0, 40_000), place=st.integers(0, 40_000), junk=st.binary(min_size=1, max_size=8))
def test_damaged_office_files_do_no_harm(write, samples, file, cut, place, junk):
    data = (samples / file).read_bytes()
    place %= len(data)
    damaged = data[:place] + junk + data[place + len(junk) :]
    suffix = file.rpartition(".")[2]
    gives_result_or_read_error(READERS[suffix], write(f"A3.{suffix}", damaged))
    gives_result_or_read_error(READERS[suffix], write(f"A3.{suffix}", data[: cut % len(data)]))


TAGS = ["p", "r", "t", "tbl", "tr", "tc", "b", "rPr", "ins", "del", "br", "tab", "sdt", "sdtContent"]
XML = st.recursive(
    st.text(alphabet="我A3：\n&;", max_size=5).map(lambda text: text.replace("&", "&amp;")),
    lambda inner: st.tuples(st.sampled_from(TAGS), st.lists(inner, max_size=4)).map(
        lambda parts: f"<w:{parts[0]}>{''.join(parts[1])}</w:{parts[0]}>"
    ),
    max_leaves=25,
)


@FUZZ
@given(body=XML)
def test_odd_word_documents_do_no_harm(write, make_docx, body):
    gives_result_or_read_error(read_source, write("A3.docx", make_docx(body)))


CELL = st.tuples(
    st.sampled_from(["A1", "B2", "ZZZ9", "A0", "", "1"]),
    st.sampled_from(["s", "n", "b", "str", "inlineStr", "e", "d", "x"]),
    st.sampled_from(["<v>0</v>", "<v>99</v>", "<v>x</v>", "<is><t>编号</t></is>", "<f>1</f>", "", "<v>2031-04-05</v>"]),
)


@FUZZ
@given(cells=st.lists(CELL, max_size=6))
def test_odd_sheets_do_no_harm(write, make_xlsx, cells):
    rows = "".join(f'<row><c r="{place}" t="{kind}">{value}</c></row>' for place, kind, value in cells)
    gives_result_or_read_error(read_table, write("A3.xlsx", make_xlsx(rows, strings="<si><t>a</t></si>")))
