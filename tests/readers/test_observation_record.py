"""Observation records in the shapes people make them: wide, merged, several tables, several observers."""

import docx
import openpyxl
import pytest
import xlsxwriter

from qualkit.errors import ReadError
from qualkit.readers.observation import read_observation_record, read_observation_source, read_observations


@pytest.fixture
def workbook(tmp_path):
    """An Excel file of sheets with rows of cells; a merge is (first row, first column, last row, last column, text)."""

    def write(sheets, *, name="观察.xlsx", merges=()):
        path = tmp_path / name
        book = xlsxwriter.Workbook(path)
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    if value is not None:
                        sheet.write(number, column, value)
            for merge in merges:
                sheet.merge_range(*merge)
        book.close()
        return path

    return write


@pytest.fixture
def word(tmp_path):
    """A Word file of paragraphs (text) and tables (lists of rows); equal neighbours in a row are merged."""

    def write(*blocks, name="记录.docx"):
        document = docx.Document()
        for block in blocks:
            if isinstance(block, str):
                document.add_paragraph(block)
                continue
            table = document.add_table(len(block), max(map(len, block)))
            for number, row in enumerate(block):
                place = 0
                while place < len(row):
                    last = place
                    while last + 1 < len(row) and row[last + 1] == row[place] and row[place]:
                        last += 1
                    cell = table.cell(number, place)
                    if last > place:
                        cell = cell.merge(table.cell(number, last))
                    cell.text = row[place]
                    place = last + 1
        path = tmp_path / name
        document.save(path)
        return path

    return write


def values(table, *keys):
    """Rating by keys, absent ones as None."""
    rows = table.astype(object).where(table.notna(), None)
    return {tuple(row[key] for key in keys): row["value"] for row in rows.to_dict("records")}


def texts(record):
    return {int(source.meta["session"]): source.text.split("\n") for source in record.sources}


def test_the_word_table_gives_ratings_rows_to_code_and_the_reflection(samples):
    record = read_observation_record(samples / "observation_table.docx")
    assert values(record.ratings, "session", "case") == {(3, "A3"): 3, (3, "A5"): 2, (3, "A8"): None}
    assert texts(record)[3] == [
        "虚构：小组观察记录表（第三节）",
        "A3：情绪表现 微笑；互动 与A1结对；关键事件 第一次举手",
        "A5：情绪表现 流泪；互动 A2安慰；关键事件 说“爸爸没打电话”",
        "A8：缺席；关键事件 请假",
        "社工反思：热身时间过长，分享不足；下次热身减到五分钟。",
    ]
    (reflection,) = record.reflections
    assert (reflection.session, reflection.name) == (3, "worker_reflection")
    assert reflection.text.startswith("热身时间过长")
    assert record.attendance.values.tolist() == [[3, "A3", True, ""], [3, "A5", True, ""], [3, "A8", False, "请假"]]


def test_a_title_and_a_header_of_two_merged_rows_are_understood(samples):
    record = read_observation_record(samples / "observation_merged_header.xlsx")
    assert values(record.ratings, "session", "case", "item") == {
        (3, "A3", "参与度"): 3,
        (3, "A5", "参与度"): 2,
        (3, "A8", "参与度"): None,
    }
    assert record.ratings.key_event.tolist() == ["第一次举手", "说“爸爸没打电话”", "请假"]
    assert "参与度: no range in the header; 2 to 3 in the table" in record.notes


def test_each_row_is_a_turn_about_the_member_and_holds_nothing_else(samples):
    source = read_observation_source(samples / "observation_long.csv", session=3)
    assert source.kind == "observation"
    said = [(turn.speaker, source.text[turn.start : turn.end]) for turn in source.turns]
    assert said[0] == ("A3", "情绪表现 微笑；与同伴互动 与A1结对；关键事件 第一次举手")
    assert [speaker for speaker, _ in said] == ["A3", "A5", "A8", "A3"]
    assert source.text.split("\n")[0] == "A3：情绪表现 微笑；与同伴互动 与A1结对；关键事件 第一次举手（O1）"
    assert (source.meta["session"], source.meta["date"], source.meta["observers"]) == ("3", "2031-04-19", "O1, O2")


def test_a_note_is_a_turn_without_a_speaker_that_begins_after_its_heading(samples):
    source = read_observation_source(samples / "observation_table.docx")
    note = source.turns[-1]
    assert note.speaker is None
    assert source.text[note.start : note.end] == "热身时间过长，分享不足；下次热身减到五分钟。"


def test_a_file_of_several_sessions_asks_which_one(samples):
    with pytest.raises(ReadError, match=r"observation_long\.csv holds the sessions 1, 3, 7"):
        read_observation_source(samples / "observation_long.csv")


def test_observers_stand_as_groups_of_columns(workbook):
    rows = [
        ["组员", "出席", "参与度(1-5)", None, "退缩(0-4)", None, "关键事件"],
        [None, None, "O1", "O2", "O1", "O2", None],
        ["A3", "√", 3, 4, 1, 0, "第一次举手"],
        ["A8", "×", None, None, None, None, "请假"],
    ]
    merges = [(0, 2, 0, 3, "参与度(1-5)"), (0, 4, 0, 5, "退缩(0-4)")]
    merges += [(0, column, 1, column, rows[0][column]) for column in (0, 1, 6)]
    record = read_observation_record(workbook({"第3节": rows}, merges=merges))
    assert values(record.ratings, "case", "observer", "item") == {
        ("A3", "O1", "参与度"): 3,
        ("A3", "O2", "参与度"): 4,
        ("A3", "O1", "退缩"): 1,
        ("A3", "O2", "退缩"): 0,
        ("A8", "O1", "参与度"): None,
        ("A8", "O2", "参与度"): None,
        ("A8", "O1", "退缩"): None,
        ("A8", "O2", "退缩"): None,
    }
    assert set(record.ratings.key_event) == {"第一次举手", "请假"}
    assert texts(record)[3] == ["A3：关键事件 第一次举手", "A8：缺席；关键事件 请假"]


def test_items_stand_below_each_observer_in_a_header_of_three_rows(workbook):
    rows = [
        ["基本情况", None, "观察评分（1-5）", None, None, None],
        ["组员", "出席", "观察员O1", None, "观察员O2", None],
        [None, None, "参与", "合作", "参与", "合作"],
        ["A3", "√", 3, 2, 4, 2],
    ]
    merges = [
        (0, 0, 0, 1, "基本情况"),
        (0, 2, 0, 5, "观察评分（1-5）"),
        (1, 2, 1, 3, "观察员O1"),
        (1, 4, 1, 5, "观察员O2"),
    ]
    merges += [(1, 0, 2, 0, "组员"), (1, 1, 2, 1, "出席")]
    ratings = read_observations(workbook({"第2节": rows}, merges=merges))
    assert values(ratings, "observer", "item") == {
        ("O1", "参与"): 3, ("O1", "合作"): 2, ("O2", "参与"): 4, ("O2", "合作"): 2,
    }  # fmt: skip


@pytest.mark.parametrize("header", ["参与度(1-5)_O1", "参与度(1-5)（O1）", "O1/参与度(1-5)"])
def test_an_observer_may_stand_beside_the_item(write, header):
    other = header.replace("O1", "O2")
    ratings = read_observations(write("a.csv", f"节次,组员,{header},{other}\n3,A3,3,4\n"))
    assert values(ratings, "observer", "item") == {("O1", "参与度"): 3, ("O2", "参与度"): 4}


def test_members_stand_side_by_side_and_items_below_one_another(workbook):
    rows = [
        ["第4节 观察记录", None, None, None],
        ["项目", "A3", "A5", "A8"],
        ["出席", "√", "√", "×"],
        ["参与度(1-5)", 3, 2, None],
        ["关键事件", "举手", None, "请假"],
        ["社工反思：人少，好带。", None, None, None],
    ]
    record = read_observation_record(
        workbook({"表": rows}, merges=[(0, 0, 0, 3, rows[0][0]), (5, 0, 5, 3, rows[5][0])])
    )
    assert values(record.ratings, "session", "case") == {(4, "A3"): 3, (4, "A5"): 2, (4, "A8"): None}
    assert texts(record)[4] == [
        "第4节 观察记录",
        "A3：关键事件 举手",
        "A5：参与度 2",
        "A8：缺席；关键事件 请假",
        "社工反思：人少，好带。",
    ]
    assert "观察.xlsx: the members stand side by side" in record.notes


def test_sessions_stand_side_by_side_under_one_item_each(workbook):
    rows = [
        ["组员", "第1节", None, "第2节", None],
        [None, "参与度(1-5)", "出席", "参与度(1-5)", "出席"],
        ["A3", 1, "√", 3, "√"],
        ["A8", 3, "√", None, "×"],
    ]
    merges = [(0, 0, 1, 0, "组员"), (0, 1, 0, 2, "第1节"), (0, 3, 0, 4, "第2节")]
    record = read_observation_record(workbook({"汇总": rows}, merges=merges))
    assert values(record.ratings, "session", "case") == {(1, "A3"): 1, (2, "A3"): 3, (1, "A8"): 3, (2, "A8"): None}
    assert record.attendance.query("case == 'A8'").attended.tolist() == [True, False]


def test_sessions_stand_side_by_side_and_the_title_names_the_item(write):
    path = write("参与度.csv", "组员参与度评分（1-5）,,,\n组员,第1节,第2节,第3节\nA3,1,2,3\nA8,3,,3\n")
    ratings = read_observations(path)
    assert values(ratings, "session", "case")[(2, "A8")] is None
    assert set(ratings.item) == {"组员参与度评分"}


def test_each_sheet_is_a_session(workbook):
    rows = [["组员", "参与度(1-5)", "备注"], ["A3", 3, "举手"], ["A5", 2, None]]
    record = read_observation_record(workbook({"第1节": rows, "第3节": rows, "说明": [["1分很低", "5分很高"]]}))
    assert record.ratings.groupby("session").size().to_dict() == {1: 2, 3: 2}
    assert [source.name for source in record.sources] == ["观察/1", "观察/3"]
    assert "观察.xlsx, sheet 说明: no column 组员编号 / 组员, left out" in record.notes


def test_each_sheet_is_a_member(workbook):
    rows = [["节次", "日期", "参与度(1-5)", "表现"], [1, "2031/4/5", 1, "低头"], [2, "2031.4.12", 3, "举手"]]
    record = read_observation_record(workbook({"A3": rows, "A5": rows}))
    assert values(record.ratings, "session", "case") == {
        (1, "A3"): 1, (2, "A3"): 3, (1, "A5"): 1, (2, "A5"): 3,
    }  # fmt: skip
    assert texts(record)[2] == ["A3：表现 举手", "A5：表现 举手"]


def test_several_tables_of_a_document_are_sessions_with_their_titles_and_reflections(word):
    def table(value):
        return [["组员", "参与度(1-5)", "表现"], ["A3", value, "低头"], ["A5", "2", "微笑"]]

    record = read_observation_record(
        word(
            "第一节 观察记录", "日期：2031年4月5日（周六）  观察员：O1", table("1"), "社工反思：热身太长。", "下雨。",
            "第二节 观察记录", "日期：2031.4.12", table("3"), "社工反思：", "分组要再想。",
        )
    )  # fmt: skip
    assert values(record.ratings, "session", "date", "observer", "case") == {
        (1, "2031-04-05", "O1", "A3"): 1,
        (1, "2031-04-05", "O1", "A5"): 2,
        (2, "2031-04-12", "", "A3"): 3,
        (2, "2031-04-12", "", "A5"): 2,
    }
    assert texts(record)[1][-2:] == ["社工反思：热身太长。", "下雨。"]
    assert texts(record)[2][0] == "第二节 观察记录"
    assert texts(record)[2][-2:] == ["社工反思：", "分组要再想。"]
    assert [one.text for one in record.reflections] == ["热身太长。\n下雨。", "分组要再想。"]


def test_particulars_above_the_header_of_a_table_are_read(word):
    path = word(
        [
            ["节次", "第5节", "日期", "2031-05-03"],
            ["地点", "活动室", "观察员", "O2"],
            ["组员", "参与度(1-5)", "情绪", "备注"],
            ["A3", "4", "开心", ""],
            ["社工反思", "道具不够。", "道具不够。", "道具不够。"],
        ]
    )
    record = read_observation_record(path)
    (row,) = record.ratings.to_dict("records")
    assert (row["session"], row["date"], row["observer"], row["value"]) == (5, "2031-05-03", "O2", 4)
    assert texts(record)[5] == [
        "节次：第5节",
        "日期：2031-05-03",
        "地点：活动室",
        "观察员：O2",
        "A3：情绪 开心（O2）",
        "社工反思：道具不够。",
    ]


def test_a_row_across_the_table_divides_sessions(workbook):
    rows = [
        ["组员", "参与度(1-5)", "表现"],
        ["第1节（2031-04-05）", None, None],
        ["A3", 1, "低头"],
        ["第2节（2031-04-12）", None, None],
        ["A3", 3, "举手"],
    ]
    path = workbook({"全部": rows}, merges=[(1, 0, 1, 2, rows[1][0]), (3, 0, 3, 2, rows[3][0])])
    assert values(read_observations(path), "session", "date") == {(1, "2031-04-05"): 1, (2, "2031-04-12"): 3}


def test_a_header_printed_again_on_the_next_page_is_no_member(word):
    head = ["组员", "参与度(1-5)", "表现"]
    record = read_observation_record(word("第1节", [head, ["A3", "1", "低头"], head, ["A5", "2", "微笑"]]))
    assert record.ratings.case.tolist() == ["A3", "A5"]


def test_a_session_merged_over_its_rows_counts_for_all_of_them(workbook):
    rows = [["节次", "组员", "参与度(1-5)"], [1, "A3", 1], [None, "A5", 2], [2, "A3", 3], [None, "A5", 4]]
    path = workbook({"全部": rows}, merges=[(1, 0, 2, 0, 1), (3, 0, 4, 0, 2)])
    assert values(read_observations(path), "session", "case") == {
        (1, "A3"): 1, (1, "A5"): 2, (2, "A3"): 3, (2, "A5"): 4,
    }  # fmt: skip


def test_a_tick_below_one_of_the_values_is_the_rating(word):
    head = [["组员", "参与度", "参与度", "参与度", "表现"], ["组员", "1", "2", "3", "表现"]]
    record = read_observation_record(word("第1节", [*head, ["A3", "", "√", "", "低头"], ["A5", "", "", "√", ""]]))
    assert values(record.ratings, "case", "item") == {("A3", "参与度"): 2, ("A5", "参与度"): 3}
    with pytest.raises(ReadError, match=r"记录\.docx, table 1, row 3, column D .*: a second tick for 参与度"):
        read_observations(word("第1节", [*head, ["A3", "", "√", "√ ", "低头"]]))


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        (["√", "×", ""], [1, 0, None]),
        (["√", "○", ""], [1, 0, None]),
        (["○", "×", ""], [1, 0, None]),
        (["✓", "✗", "是"], [1, 0, 1]),
        (["○", "", ""], [1, None, None]),
    ],
)
def test_ticks_and_crosses_are_one_and_zero_and_a_blank_is_neither(write, marks, expected):
    rows = "".join(f"1,A{number},√,{mark},5\n" for number, mark in enumerate(marks, start=1))
    ratings = read_observations(write("a.csv", f"节次,组员,出席,举手,参与度(1-5)\n{rows}"))
    rated = ratings[ratings.item == "举手"].value
    assert rated.astype(object).where(rated.notna(), None).tolist() == expected


@pytest.mark.parametrize(
    ("header", "low", "high"),
    [
        ("参与度(1-5)", 1, 5),
        ("参与度（1—5分）", 1, 5),
        ("参与度[1~5]", 1, 5),
        ("参与度（1很低，5很高）", 1, 5),
        ("参与度（0=没有 ～ 4=总是）", 0, 4),
        ("变化(-2至2)", -2, 2),
    ],
)
def test_the_range_may_be_written_in_many_ways(write, header, low, high):
    head = f'节次,组员,"{header}"\n'
    for inside in (low, high):
        assert read_observations(write("a.csv", f"{head}1,A3,{inside}\n")).value.item() == inside
    with pytest.raises(ReadError, match=f"outside {low} to {high}"):
        read_observations(write("a.csv", f"{head}1,A3,{high + 1}\n"))


@pytest.mark.parametrize("day", ["2031-04-05", "2031/4/5", "2031.4.5", "2031年4月5日", "2031年4月5日（星期六）下午"])
def test_a_day_may_be_spelled_in_many_ways(write, day):
    assert set(read_observations(write("a.csv", f"节次,日期,组员,参与度(1-5)\n1,{day},A3,3\n")).date) == {"2031-04-05"}


def test_what_is_mostly_numbers_but_not_all_is_kept_as_words_and_said(write):
    record = read_observation_record(write("a.csv", "节次,组员,参与度,合作(1-5)\n1,A3,3,3\n1,A5,2,3\n1,A6,很好,3\n"))
    assert set(record.ratings.item) == {"合作"}
    assert record.notes[0].startswith("参与度: 2 of 3 cells are numbers, the others words")
    assert texts(record)[1][2] == "A6：参与度 很好"


def test_sums_below_the_table_are_no_members(write):
    record = read_observation_record(write("第1节.csv", "组员,参与度(1-5)\nA3,3\nA5,1\n平均分,2\n"))
    assert record.ratings.case.tolist() == ["A3", "A5"]
    assert "第1节.csv, row 4: 平均分 is no member and was left out" in record.notes


def test_names_beside_codes_and_telephones_are_left_out(write):
    record = read_observation_record(write("第1节.csv", "编号,姓名,家长电话,参与度(1-5),表现\nA3,虚构名,000,3,低头\n"))
    assert record.ratings.case.tolist() == ["A3"]
    assert "虚构名" not in record.sources[0].text
    assert "000" not in record.sources[0].text
    assert any("姓名 says who somebody is" in note for note in record.notes)


def test_a_word_across_the_ratings_is_a_remark(word):
    head = ["组员", "参与度(1-5)", "合作(1-5)", "表现"]
    record = read_observation_record(word("第1节", [head, ["A3", "3", "4", "低头"], ["A8", "请假", "请假", "请假"]]))
    assert record.attendance.attended.tolist() == [True, False]
    assert texts(record)[1][-1] == "A8：缺席；请假"


def test_a_table_of_words_alone_is_a_record_without_ratings(word):
    record = read_observation_record(word("第1节", [["组员", "表现"], ["A3", "低头"], ["A5", ""], ["A8", "请假"]]))
    assert record.ratings.empty
    assert record.attendance.attended.tolist() == [True, False, False]
    with pytest.raises(ReadError, match="has no rating"):
        read_observations(word("第1节", [["组员", "表现"], ["A3", "低头"]]))


def test_an_english_record_is_written_in_english(write):
    record = read_observation_record(
        write("a.csv", "session,member,attended,participation (1-5),mood,observer\n2,A3,1,3,smiling,O1\n2,A8,0,,,O1\n")
    )
    assert texts(record)[2] == ["A3: mood smiling (O1)", "A8: absent (O1)"]


def test_hidden_rows_are_read_and_named(tmp_path):
    book = openpyxl.Workbook()
    for row in (["节次", "组员", "参与度(1-5)"], [1, "A3", 3], [1, "A5", 2]):
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    book.create_sheet("秘").sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    record = read_observation_record(tmp_path / "a.xlsx")
    assert record.ratings.case.tolist() == ["A3", "A5"]
    assert record.notes == ("a.xlsx, row 3 is hidden in the sheet and was read",)


def test_all_that_is_wrong_is_said_at_once(write):
    path = write("a.csv", "节次,组员,出席,参与度(1-5)\n1,A3,√,7\n1,A5,×,3\n1,A3,√,2\n1,,√,2\n")
    with pytest.raises(ReadError) as error:
        read_observations(path)
    assert str(error.value).splitlines() == [
        "a.csv, row 4: session 1, A3, observer (none) stands in row 2 already. Remove one of the rows.",
        "a.csv, row 5, column B (组员): blank. Enter the member's code, or remove the row.",
        "a.csv, row 2, column D (参与度(1-5)): 7 is outside 1 to 5. Correct the rating or the range.",
        "a.csv, row 3: the member is marked absent and yet rated. Blank the ratings or correct the attendance.",
    ]


@pytest.mark.parametrize(
    ("blocks", "message"),
    [
        (("只有文字。",), r"记录\.docx has no table\. Put the record into a table"),
        (([["甲", "乙"], ["1", "2"]],), r"no table with the column 组员编号 / 组员"),
        (([["组员", "参与度(1-5)"], ["A3", "3"]],), r"table 1: no column 节次 .* write 第3节 above the table"),
    ],
)
def test_a_document_without_what_is_needed_is_refused_with_the_remedy(word, blocks, message):
    with pytest.raises(ReadError, match=message):
        read_observation_record(word(*blocks))


def test_a_matrix_of_attendance_by_session_is_attendance_and_no_rating(write):
    record = read_observation_record(write("出席表.csv", "小组出席情况,,\n组员,第1节,第2节\nA3,√,√\nA8,√,请假\n"))
    assert record.ratings.empty
    assert record.attendance.values.tolist() == [
        [1, "A3", True, ""],
        [2, "A3", True, ""],
        [1, "A8", True, ""],
        [2, "A8", False, "请假"],
    ]
    assert texts(record)[2] == ["小组出席情况", "A3：出席", "A8：请假"]


def test_tables_below_one_another_may_have_different_columns(write):
    path = write("a.csv", "第1节,,\n组员,参与度(1-5),\nA3,1,\n第2节,,\n组员,参与度(1-5),合作(1-5)\nA3,2,4\n")
    assert values(read_observations(path), "session", "item") == {(1, "参与度"): 1, (2, "参与度"): 2, (2, "合作"): 4}


def test_matrices_of_members_below_one_another_are_read_each(write):
    path = write("a.csv", "第1节,,\n项目,A3,A5\n参与度(1-5),1,2\n第2节,,\n项目,A3,A5\n参与度(1-5),3,4\n")
    assert values(read_observations(path), "session", "case") == {
        (1, "A3"): 1, (1, "A5"): 2, (2, "A3"): 3, (2, "A5"): 4,
    }  # fmt: skip


def test_a_cell_without_a_header_above_it_is_named(write):
    with pytest.raises(ReadError, match=r"a\.csv, row 2, column D: '多' stands in a column without a header"):
        read_observations(write("a.csv", "节次,组员,参与度(1-5)\n1,A3,3,多\n"))


def test_a_table_beyond_any_record_is_refused(write):
    head = "节次,组员," + ",".join(f"项{number}(1-5)" for number in range(4_000))
    with pytest.raises(ReadError, match=r"a\.csv has 404,202 cells; records up to 400,000 are read\. Split it"):
        read_observations(write("a.csv", head + "\n" + f"1,A3{',3' * 4_000}\n" * 100))


def test_rows_prepared_for_nobody_are_left_out(workbook):
    rows = [["序号", "节次", "组员", "参与度(1-5)"], [1, 2, "A3", 3], [2, None, "A5", None], [3], [4]]
    record = read_observation_record(workbook({"表": rows}, merges=[(1, 1, 4, 1, 2)]))
    assert values(record.ratings, "session", "case") == {(2, "A3"): 3, (2, "A5"): None}
    assert "观察.xlsx, row 4 names no member and was left out" in record.notes
