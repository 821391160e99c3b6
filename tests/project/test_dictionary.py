"""The words of a study come from a file and stay whole when words are counted."""

import pytest

import qualkit as qk
from qualkit.errors import DataError, NotFoundError, OptionError, ReadError
from qualkit.readers.dictionary import read_dictionary


def test_words_of_a_file_keep_their_kind_and_note(project, tmp_path):
    file = tmp_path / "词典.txt"
    file.write_bytes("# 本村的词\n小雨 人名\n幺妈,亲属,爸爸的弟媳\nT社区\t地名\n赶转转场\n".encode("gb18030"))
    assert project.dictionary.load(file) == 4
    assert project.dictionary.table().fillna("").values.tolist() == [
        ["小雨", "name", ""],
        ["幺妈", "kinship", "爸爸的弟媳"],
        ["T社区", "place", ""],
        ["赶转转场", "other", ""],
    ]


def test_a_list_made_for_jieba_is_taken(tmp_path):
    file = tmp_path / "userdict.txt"
    file.write_text("赶转转场 300 n\n小雨 5 nr\n", encoding="utf-8")
    assert [(word.word, word.kind) for word in read_dictionary(file)] == [("赶转转场", "other"), ("小雨", "other")]


def test_what_is_written_reads_back(project, tmp_path):
    project.dictionary.add("小雨", "name")
    project.dictionary.add("幺妈", "kinship", note="爸爸的弟媳")
    file = project.dictionary.export(tmp_path / "words.txt")
    assert [(word.word, word.kind, word.note) for word in read_dictionary(file)] == [
        ("小雨", "name", ""),
        ("幺妈", "kinship", "爸爸的弟媳"),
    ]


def test_the_words_stay_whole_when_words_are_counted(project):
    project.sources.add_text("x", "A3：赶转转场好玩。\n社工：嗯。", kind="interview")
    project.dictionary.add("赶转转场")
    counted = qk.language.count_words(project.turns.table(), dictionary=project.dictionary.words())
    assert "赶转转场" in set(counted["word"])


def test_a_word_is_added_once_removed_and_brought_back(project):
    project.dictionary.add("小雨", "name")
    project.dictionary.add("小雨", "place")
    assert project.dictionary.table()["kind"].tolist() == ["place"]
    project.dictionary.remove("小雨")
    assert project.dictionary.table().empty
    project.undo()
    assert project.dictionary.table()["word"].tolist() == ["小雨"]
    assert project.check().empty


@pytest.mark.parametrize("word", ["", "  ", "两个 词", None])
def test_what_is_no_single_word_is_refused(project, word):
    with pytest.raises(DataError, match="no single word"):
        project.dictionary.add(word)


def test_unknown_kinds_and_words_are_refused(project):
    with pytest.raises(OptionError, match="kind"):
        project.dictionary.add("小雨", "animal")
    with pytest.raises(NotFoundError, match="not in the dictionary"):
        project.dictionary.remove("没有")


@pytest.mark.parametrize("content", ["", "# nothing\n", "字" * 41 + "\n"])
def test_a_file_without_usable_words_is_refused_with_its_name(tmp_path, content):
    file = tmp_path / "词典.txt"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(ReadError, match=r"词典\.txt"):
        read_dictionary(file)
