"""Tables, questionnaires and study files that are broken, hostile, or contradict themselves."""

from __future__ import annotations

import struct
import zlib

from bad_kind import ENTITIES, Kind, cuts, either, is_read, make_zip, refused, sample
from bad_office import lying, ole

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>编号</t></is></c><c r="B1" t="inlineStr"><is><t>年龄</t></is></c></row>'
)
ROW = '<row r="2"><c r="A2" t="inlineStr"><is><t>A3</t></is></c><c r="B2"><v>11</v></c></row>'


def members(
    rows: str = HEAD + ROW, *, head: str = "", before: str = "", after: str = "", strings: str = "", **parts: str
) -> dict[str, bytes | str]:
    given = {key.replace("__", "/") + ".xml": value for key, value in parts.items()}
    return {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'{head}<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>',
        "xl/sharedStrings.xml": strings or f'<sst xmlns="{MAIN}"/>',
        **given,
    }


def xlsx(*args: str, **given: str) -> bytes:
    return make_zip(members(*args, **given))


def cell(place: str, value: str = "<v>1</v>", kind: str = "n") -> str:
    return f'<row><c r="{place}" t="{kind}">{value}</c></row>'


def merged(*ranges: str) -> str:
    return (
        f'<mergeCells count="{len(ranges)}">' + "".join(f'<mergeCell ref="{one}"/>' for one in ranges) + "</mergeCells>"
    )


def lying_xlsx() -> bytes:
    """A list of strings that says it has a hundred bytes, and unpacks to 300 million."""
    strings = f'<sst xmlns="{MAIN}"><si><t>' + "x" * 300_000_000 + "</t></si></sst>"
    return lying(make_zip(members(strings=strings)), "xl/sharedStrings.xml", size=100)


def lying_sheet() -> bytes:
    rows = (
        HEAD
        + ROW
        + "".join(f'<row r="{one}"><c r="A{one}"><v>1</v></c></row>' for one in range(3, 6))
        + cell("XFD1048576")
    )
    given = members(rows)
    sheet = str(given["xl/worksheets/sheet1.xml"])
    return lying(make_zip(given), "xl/worksheets/sheet1.xml", size=len(sheet.encode()) - 200)


def twins() -> bytes:
    import warnings

    far = str(members(HEAD + ROW + cell("XFD1048576"))["xl/worksheets/sheet1.xml"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return make_zip([("xl/worksheets/sheet1.xml", far), *members().items()])


def repeated_string() -> bytes:
    strings = f'<sst xmlns="{MAIN}"><si><t>' + "长" * 300_000 + "</t></si></sst>"
    cells = "".join(f'<row r="{one}"><c r="A{one}" t="s"><v>0</v></c></row>' for one in range(3, 20_000))
    return xlsx(HEAD + cells, strings=strings)


def sav(
    *,
    slots: int = 1,
    n_cases: int = 1,
    compression: int = 0,
    records: bytes = b"",
    data: bytes = b"\0" * 8,
    case_size: int = 1,
) -> bytes:
    head = b"$FL2@(#) SPSS DATA FILE".ljust(64) + struct.pack("<5id", 2, case_size, compression, 0, n_cases, 100.0)
    head += b"01 Jan 3112:00:00" + b"x".ljust(64) + b"\0" * 3
    variables = b"".join(struct.pack("<6i", 2, 0, 0, 0, 0x050800, 0x050800) + b"Q%-7d" % one for one in range(slots))
    return head + variables + records + struct.pack("<2i", 999, 0) + data


def zsav_bomb() -> bytes:
    packed = zlib.compress(b"\xff" * 400_000_000, 9)
    head = sav(compression=2, n_cases=-1, data=b"").replace(b"$FL2", b"$FL3")
    start, trailer = len(head), len(head) + 24 + len(packed)
    place = struct.pack("<3q", start, trailer, 48)
    block = struct.pack("<3q", -100, 0, 400_000_000) + struct.pack("<2i", 400_000_000, 1)
    return head + place + packed + block[:24] + struct.pack("<2q2i", start, start + 24, 400_000_000, len(packed))


def dates(*days: str) -> str:
    return "编号,用途,状态,日期\n" + "".join(f"A{place},访谈,同意,{day}\n" for place, day in enumerate(days, start=1))


def observed(*rows: str) -> str:
    return "节次,日期,组员编号,出席,观察员,参与度(1-5),关键事件\n" + "\n".join(rows) + "\n"


def rated(*rows: str) -> str:
    return "编号,1,2\n" + "\n".join(rows) + "\n"


def aliases() -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{one}: &a{one} [{', '.join([f'*a{one - 1}'] * 9)}]" for one in range(1, 9)]
    return "schema: qualkit.study/1\n" + "\n".join(lines) + "\n"


STUDY = "schema: qualkit.study/1\nwaves: [pre, post]\n"
GOOD_SHEET = ("编号", "年龄")

CSV: list[Kind] = [
    is_read(
        "formulas and commands in CSV",
        "A3.csv",
        '编号,话\nA3,"=cmd|\' /C calc\'!A0"\nA4,=HYPERLINK("http://x")\nA5,@SUM(1)\nA6,+1\nA7,-1\n',
        "=cmd|' /C calc'!A0",
        read="table",
    ),
    refused(
        "a quote never closed in CSV",
        "A3.csv",
        '编号,话\nA3,"我不去\n' + "A4,好\n" * 1000,
        "row 2",
        "quote",
        read="table",
    ),
    refused(
        "a quote never closed over ten megabytes",
        "A3.csv",
        lambda: b'a,b\n1,"' + b"x,y\n" * 1_900_000,
        "row 2",
        read="table",
    ),
    either("a million quotes in CSV", "A3.csv", lambda: b"a,b\n1," + b'"' * 1_000_000 + b"\n", read="table"),
    refused(
        "a million columns in CSV",
        "A3.csv",
        lambda: ",".join(map(str, range(1_000_000))),
        "1,000,000 columns",
        read="table",
    ),
    refused(
        "more cells than any study in CSV",
        "A3.csv",
        lambda: ",".join(f"c{one}" for one in range(100)) + "\n" + "1\n" * 30_000,
        "more than 2,500,000 cells",
        read="table",
    ),
    refused(
        "a header that names a column twice", "A3.csv", "编号,年龄,年龄\nA3,1,2\n", "columns B and C", read="table"
    ),
    refused("a header with a blank", "A3.csv", "编号,,年龄\nA3,1,2\n", "column B", "blank", read="table"),
    refused("a row longer than the header", "A3.csv", "编号,话\nA3,我,不去\n", "row 2", "column C", read="table"),
    refused("a title above the header", "A3.csv", "参与者一览表\n编号,年龄\nA3,11\n", "title", read="table"),
    is_read("NUL in CSV", "A3.csv", "编号,话\nA3,我\0不去\n", "我\ufffd不去", read="table"),
    refused(
        "half UTF-8, half GB18030 in CSV",
        "A3.csv",
        "编号,话\nA3,我今天不想去上学\n".encode() + "A4,我在家里照顾妹妹\n".encode("gb18030"),
        "line 3",
        read="table",
    ),
    refused(
        "an Excel file with the ending of CSV",
        "A3.csv",
        lambda: sample("observation_merged_header.xlsx"),
        "Excel",
        read="table",
    ),
    refused(
        "a Word file with the ending of Excel",
        "A3.xlsx",
        lambda: sample("interview_notes.docx"),
        "not an Excel file",
        read="table",
    ),
    refused("a table that holds only its header's blanks", "A3.csv", ",,,\n,,\n", "no rows", read="table"),
    refused(
        "days in four spellings, and wrong ones",
        "consents.csv",
        dates("2031-04-05", "2031/4/5", "2031年4月5日", "2031.4.5", "31/02/2031", "2031-02-30", "五月一日"),
        "row 6",
        "row 7",
        "row 8",
        "2031-04-19",
        read="consents",
    ),
    is_read(
        "days in four spellings",
        "consents.csv",
        dates("2031-04-05", "2031/4/5", "2031年4月5日", "2031.4.5"),
        "2031-04-05",
        read="consents",
    ),
    refused(
        "a consent nobody knows", "consents.csv", "编号,用途,状态\nA3,访谈,也许\n", "row 2", "也许", read="consents"
    ),
    refused(
        "a participant twice with other values",
        "participants.csv",
        "编号,性别\nA3,女\nA3,男\n",
        "row 3",
        "A3",
        "女",
        read="people",
    ),
    refused(
        "a participant without a code", "participants.csv", "编号,性别\n,女\nA4,男\n", "row 2", "blank", read="people"
    ),
    refused(
        "participants without a column of codes", "participants.csv", "姓名,性别\n小雨,女\n", "编号", read="people"
    ),
    refused(
        "participants at a wave nobody knows",
        "participants.csv",
        "编号,时点,年级\nA3,中测,五\n",
        "row 2",
        "中测",
        read="people",
    ),
    either(
        "participants named by signs that turn the direction",
        "participants.csv",
        "编号,性别\nA\u202e3,女\nA3\u200b,男\n=A3,女\n",
        read="people",
    ),
    refused(
        "letters in the place of answers", "scale.csv", rated("A3,3,x", "A4,2,没填"), "row 2", "'x'", read="responses"
    ),
    either(
        "answers that are no number any program knows",
        "scale.csv",
        lambda: [rated(f"A3,3,{one}").encode() for one in ("1e999", "nan", "inf", "１", "٣", "0x1", "1,5", "9" * 400)],
        read="responses",
    ),
    refused("a person twice at one wave", "scale.csv", rated("A3,3,4", "A3,2,1"), "row 3", "A3", read="responses"),
    refused("answers to one item in two columns", "scale.csv", "编号,1,item_1\nA3,3,4\n", "item 1", read="responses"),
    refused(
        "a rating beyond its range", "o.csv", observed("1,2031-04-05,A3,√,B1,7,哭"), "row 2", "7", read="observations"
    ),
    refused(
        "a rating of somebody who was not there",
        "o.csv",
        observed("1,2031-04-05,A3,×,B1,3,哭"),
        "absent",
        read="observations",
    ),
    refused(
        "a session that is no number", "o.csv", observed("春游,2031-04-05,A3,√,B1,3,哭"), "春游", read="observations"
    ),
    refused(
        "letters in the place of ratings",
        "o.csv",
        observed("1,2031-04-05,A3,√,B1,很好,哭"),
        "很好",
        read="observations",
    ),
    either(
        "days that are none in a record",
        "o.csv",
        lambda: [
            observed(f"1,{day},A3,√,B1,3,哭").encode() for day in ("2031-13-45", "0000-00-00", "昨天", "99999-1-1")
        ],
        read="record",
    ),
    refused(
        "a mark nobody knows in attendance",
        "attendance.csv",
        "节次,编号,出席\n1,A3,也许\n",
        "row 2",
        "也许",
        read="attendance",
    ),
    refused(
        "the same member twice in one session",
        "attendance.csv",
        "节次,编号,出席\n1,A3,√\n1,A3,×\n",
        "A3",
        read="attendance",
    ),
    refused(
        "a word of a thousand characters", "words.txt", "幺爸 亲属\n" + "好" * 1000 + "\n", "line 2", read="dictionary"
    ),
    refused("a list of words without words", "words.txt", "# 说明\n\n", "no words", read="dictionary"),
    refused(
        "a million words",
        "words.txt",
        lambda: "".join(f"词{one}\n" for one in range(1_000_000)).encode(),
        "more than 100,000",
        read="dictionary",
    ),
    refused(
        "a list of words that is a picture",
        "words.txt",
        b"\x89PNG\r\n" + bytes(range(256)),
        "picture",
        read="dictionary",
    ),
    refused(
        "codings on a text that is not there",
        "codings/Lin.csv",
        "source,quote,code\nA9,我,x\n",
        "row 2",
        "A9",
        read="import",
    ),
    refused(
        "codings that quote what nobody said",
        "codings/Lin.csv",
        "source,quote,code\nA1,飞碟,x\n",
        "row 2",
        read="import",
    ),
]

EXCEL: list[Kind] = [
    refused(
        "an Excel file cut at many places", "A3.xlsx", cuts("observation_merged_header.xlsx"), "A3.xlsx", read="table"
    ),
    refused(
        "an Excel file with a password", "A3.xlsx", ole("EncryptionInfo", "EncryptedPackage"), "password", read="table"
    ),
    refused("an old Excel file under a new name", "A3.xlsx", ole("Workbook"), ".xlsx", read="table"),
    refused(
        "a cell at the last place of a sheet",
        "A3.xlsx",
        lambda: xlsx(HEAD + ROW + cell("XFD1048576")),
        "row 1,048,576",
        "column 16,384",
        read="table",
    ),
    refused(
        "a million columns in Excel",
        "A3.xlsx",
        lambda: xlsx(HEAD + ROW + cell("BDWGN1048576")),
        "A3.xlsx",
        read="table",
    ),
    either(
        "cells whose places are none",
        "A3.xlsx",
        lambda: [
            xlsx(HEAD + ROW + cell(one))
            for one in ("A0", "0", "", "ZZZZZZZZZZZZ99999999999999", "A-1", "１１", "A1:B2")
        ],
        read="table",
    ),
    either(
        "a sheet that lies on its size",
        "A3.xlsx",
        lambda: [
            xlsx(before=f'<dimension ref="{one}"/>') for one in ("A1:XFD1048576", "A1:ZZZZZZ99999999", "B2:A1", "x")
        ],
        read="table",
    ),
    either(
        "a list of strings that lies on its number",
        "A3.xlsx",
        lambda: [
            xlsx(strings=f'<sst xmlns="{MAIN}" count="{one}" uniqueCount="{one}"><si><t>a</t></si></sst>')
            for one in ("4294967295", "18446744073709551615", "-1", "x")
        ],
        read="table",
    ),
    either("a list of strings larger than the archive says", "A3.xlsx", lying_xlsx, read="table"),
    either("a sheet larger than the archive says", "A3.xlsx", lying_sheet, read="table"),
    refused("two sheets of one name in the archive", "A3.xlsx", twins, "A3.xlsx", read="table"),
    refused("one long text in 20,000 cells", "A3.xlsx", repeated_string, "repeat", read="table"),
    refused(
        "a string that is not in the list",
        "A3.xlsx",
        lambda: xlsx(HEAD + cell("A2", "<v>7</v>", "s")),
        "A3.xlsx",
        read="table",
    ),
    refused(
        "a formula without its value",
        "A3.xlsx",
        lambda: xlsx(HEAD + '<row r="2"><c r="A2"><f>1+1</f></c></row>'),
        "A3.xlsx",
        read="table",
    ),
    refused("an error in a cell", "A3.xlsx", lambda: xlsx(HEAD + cell("A2", "<v>#REF!</v>", "e")), "A2", read="table"),
    either(
        "numbers that are none in Excel",
        "A3.xlsx",
        lambda: [xlsx(HEAD + cell("A2", f"<v>{one}</v>")) for one in ("1e999", "NaN", "x", "", "９")],
        read="table",
    ),
    either(
        "days beyond all calendars in Excel",
        "A3.xlsx",
        lambda: xlsx(
            HEAD + '<row r="2"><c r="A2" s="1"><v>1e15</v></c><c r="B2" t="d"><v>2031-99-99</v></c></row>',
            xl__styles=f'<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
        ),
        read="table",
    ),
    refused("entities within entities in Excel", "A3.xlsx", lambda: xlsx(head=ENTITIES), "entities", read="table"),
    refused(
        "entities in the strings of Excel",
        "A3.xlsx",
        lambda: xlsx(strings=f'{ENTITIES}<sst xmlns="{MAIN}"><si><t>&i;</t></si></sst>'),
        "entities",
        read="table",
    ),
    refused(
        "an Excel file without its sheet",
        "A3.xlsx",
        lambda: make_zip({key: value for key, value in members().items() if "sheet1" not in key}),
        "A3.xlsx",
        read="table",
    ),
    refused(
        "a workbook without sheets",
        "A3.xlsx",
        lambda: make_zip({**members(), "xl/workbook.xml": f'<workbook xmlns="{MAIN}"><sheets/></workbook>'}),
        "A3.xlsx",
        read="table",
    ),
    either(
        "sheets whose relations lead in circles",
        "A3.xlsx",
        lambda: make_zip(
            {
                **members(),
                "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="workbook.xml"/></Relationships>',
            }
        ),
        read="table",
    ),
    either(
        "merged cells over one another",
        "o.xlsx",
        lambda: xlsx(after=merged("A1:B2", "A1:A2", "B1:B2", "B2:A1")),
        read="record",
    ),
    either(
        "merged cells over the whole sheet",
        "o.xlsx",
        lambda: [
            xlsx(after=merged(one)) for one in ("A1:XFD1048576", "XFD1048576:A1", "A1:ZZZZZ999999999", "A1", "x:y")
        ],
        read="record",
    ),
    either(
        "300,000 merged cells",
        "o.xlsx",
        lambda: xlsx(after=merged(*(f"A{one}:B{one}" for one in range(1, 300_000)))),
        read="record",
    ),
    refused(
        "a zip bomb as Excel file", "A3.xlsx", lambda: xlsx(HEAD + "<row/>" * 20_000_000), "zip bomb", read="table"
    ),
    refused(
        "a million rows in Excel",
        "A3.xlsx",
        lambda: xlsx(
            HEAD + "".join(f'<row r="{one}"><c r="A{one}"><v>{one}</v></c></row>' for one in range(2, 1_000_000))
        ),
        "up to 250,000 rows",
        read="table",
    ),
]

SPSS: list[Kind] = [
    refused(
        "an SPSS file cut at many places", "s.sav", lambda: cuts("survey_labels.sav")()[:11], "s.sav", read="survey"
    ),
    refused("an SPSS file of two billion people", "s.sav", sav(n_cases=2**31 - 1), "s.sav", read="survey"),
    refused("an SPSS file with a million variables", "s.sav", lambda: sav(slots=100_000), "variables", read="survey"),
    refused(
        "a label of an SPSS file longer than the file",
        "s.sav",
        sav(records=struct.pack("<6i", 2, 0, 1, 0, 0, 0) + b"Q9      " + struct.pack("<i", 2**31 - 1)),
        "byte",
        read="survey",
    ),
    refused(
        "two billion value labels in an SPSS file",
        "s.sav",
        sav(records=struct.pack("<2i", 3, 2**31 - 1)),
        "byte",
        read="survey",
    ),
    refused(
        "two billion lines of notes in an SPSS file",
        "s.sav",
        sav(records=struct.pack("<2i", 6, 2**31 - 1)),
        "byte",
        read="survey",
    ),
    refused(
        "a record of no kind in an SPSS file", "s.sav", sav(records=struct.pack("<i", 77)), "kind 77", read="survey"
    ),
    either(
        "a packed SPSS file whose data never ends",
        "s.sav",
        sav(compression=1, n_cases=-1, data=b"\xfe" * 8_000),
        read="survey",
    ),
    refused("a packed SPSS file that unpacks to 400 MB", "s.zsav", zsav_bomb, "s.zsav", read="survey"),
    refused("a text with the ending of SPSS", "s.sav", "编号,1\nA3,2\n", "no SPSS file", read="survey"),
    either("an SPSS file without people", "s.sav", sav(n_cases=0, data=b""), read="survey"),
    either(
        "a portable file cut short",
        "s.por",
        b"ASCII SPSS PORT FILE".ljust(400) + b"SPSSPORT" + b"A8/20310405",
        read="survey",
    ),
    either("a questionnaire cut at many places", "w.csv", cuts("wjx_text.csv"), read="survey"),
    either(
        "a questionnaire of a thousand columns without people",
        "w.csv",
        ",".join(["序号", "提交答卷时间", "所用时间", *(f"{one}、题" for one in range(1000))]) + "\n",
        read="survey",
    ),
    either(
        "a questionnaire with times that are none",
        "w.csv",
        "序号,提交答卷时间,所用时间,来源,来源详情,来自IP,1、您的编号是？\n1,2031/13/45 99:99,-5秒,x,x,999.999,A3\n1,,9e99秒,,,,A3\n",
        read="survey",
    ),
]

YAML: list[Kind] = [
    refused("aliases within aliases in study.yaml", "study.yaml", aliases(), "study.yaml, line", read="study"),
    refused(
        "100,000 lists in one another in study.yaml",
        "study.yaml",
        "schema: " + "[" * 100_000,
        "study.yaml",
        read="study",
    ),
    refused(
        "a command in study.yaml",
        "study.yaml",
        STUDY + "title: !!python/object/apply:os.system ['echo']\n",
        "line 3",
        read="study",
    ),
    refused("study.yaml that is no YAML", "study.yaml", STUDY + "\ttitle: [x\n", "study.yaml, line", read="study"),
    refused("study.yaml of two megabytes", "study.yaml", STUDY + "# x\n" * 500_000, "study.yaml", read="study"),
    refused(
        "study.yaml in no encoding",
        "study.yaml",
        STUDY.encode() + b"title: \xff\xfe\x00\xff\n",
        "study.yaml",
        read="study",
    ),
    refused(
        "study.yaml with waves twice and names nobody knows",
        "study.yaml",
        "schema: qualkit.study/1\nwaves: [pre, pre]\nwafes: x\n",
        "line 2",
        "line 3",
        read="study",
    ),
    refused(
        "files of the system named in study.yaml",
        "study.yaml",
        STUDY + "codebooks: [../../../../../../etc/passwd, /dev/zero]\nscales: [/dev/zero, ../../x]\n",
        "passwd",
        read="import",
    ),
    refused("study.yaml of nothing but a list", "study.yaml", "- a\n- b\n", "study.yaml", read="study"),
    refused("an empty study.yaml", "study.yaml", b"", "study.yaml", read="study"),
]

KINDS = [*CSV, *EXCEL, *SPSS, *YAML]
