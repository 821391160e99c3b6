"""A role is guessed from the words of a label alone, and never who somebody is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.readers.roles import ROLES, guess_role


@pytest.mark.parametrize(
    ("role", "labels"),
    [
        ("interviewer", "访谈者 访谈员W1 研究者 主持人 笔者 我 问 Q I Interviewer Moderator Ｑ"),
        ("observer", "观察员 观察员O1 记录者 Observer"),
        ("worker", "社工 社工L 社工小林 林社工 督导 村主任 社区书记 志愿者2 Worker"),
        ("teacher", "老师 李老师 班主任 班主任李老师 小雨的班主任 校长 Teacher"),
        ("guardian", "家长 监护人 奶奶 A3奶奶 A3的奶奶 小雨爸爸 小雨妈 外婆1 王阿姨 Mother grandma"),
        ("sibling", "姐姐 A3哥哥 表弟 Sister"),
        ("member", "组员A1 组员(A1) 学生甲 同学 孩子 Child student"),
        ("informant", "受访者 受访者3 被访者 答 Participant respondent"),
        ("several", "全体 大家 众人 A1、A2 组员A1/组员A2 小雨和小宇 All everyone"),
        ("", "A3 P01 小雨 Emma 说话人1 发言人 Speaker SPEAKER_00 A R 甲 小太阳 Imam Mallory 陈和平"),
    ],
)
def test_the_words_of_a_label_say_its_role(role, labels):
    assert {label: guess_role(label) for label in labels.split()} == dict.fromkeys(labels.split(), role)


@given(st.text(max_size=30))
def test_any_label_has_a_known_role_or_none(label):
    assert guess_role(label) in ROLES
