"""What columns and values of a study's own tables are called in Chinese: for writing tables and for reading them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

# The first word is the one that is written; the others are understood as well.
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "case": ("编号", "组员编号", "个案编号", "参与者编号", "成员编号", "组员", "成员", "id", "code", "participant"),
    "role": ("角色", "身份", "对象类型", "类别"),
    "site": ("地点", "社区", "村", "村庄", "学校", "研究地点", "community", "village", "school"),
    "group": ("组别", "小组", "分组"),
    "about": ("关于", "对应组员", "对应编号", "所谈组员"),
    "sex": ("性别", "gender"),
    "age": ("年龄", "年龄(岁)", "周岁"),
    "grade": ("年级",),
    "guardian": ("监护人", "主要监护人"),
    "guardianship": ("监护类型", "监护方式", "监护情况"),
    "wave": ("时点", "测次", "波次", "时间点"),
    "relation": ("关系",),
    "other": ("对方", "对方编号", "另一方", "对象", "对象编号"),
    "session": ("节次", "第几节", "活动节次"),
    "date": ("日期", "活动日期", "签署日期", "时间"),
    "name": ("名称", "活动名称", "主题", "活动主题"),
    "aim": ("目标", "活动目标", "目的"),
    "activities": ("内容", "活动内容", "活动"),
    "strategy": ("策略", "方法"),
    "attended": ("出席", "出勤", "到场", "是否出席"),
    "use": ("用途", "同意事项"),
    "status": ("状态", "是否同意", "同意情况"),
    "by": ("同意人", "签署人", "由谁同意"),
    "note": ("备注", "说明", "情况说明", "remark"),
    "reason": ("原因", "缺失原因"),
    "kind": ("材料类型", "资料类型", "类型"),
    "n": ("数量",),
    "attribute": ("属性",),
    "type": ("数据类型",),
}

#: Attributes that have a name of their own in qualkit; any other keeps the name it was given.
COMMON_ATTRIBUTES = ("sex", "age", "grade", "guardian", "guardianship")

_VALUES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "role": {
        "member": ("组员", "成员", "小组成员"),
        "comparison": ("对照", "对照组", "对照组成员"),
        "guardian": ("监护人", "家长"),
        "teacher": ("教师", "老师", "班主任"),
        "worker": ("社工", "社会工作者", "工作人员", "社区工作者"),
    },
    "use": {
        "interview": ("访谈", "参与", "参与研究"),
        "recording": ("录音", "录音录像"),
        "quotation": ("引用", "引用原话"),
        "sharing": ("共享", "数据共享"),
    },
    "by": {
        "guardian": ("监护人", "家长"),
        "child": ("本人", "儿童", "儿童本人", "孩子"),
    },
    "status": {
        "given": ("同意", "已同意", "√", "✓", "✔", "是", "1", "yes", "y"),
        "refused": ("拒绝", "不同意", "未同意", "×", "✗", "✘", "x", "否", "0", "no", "n"),
        "withdrawn": ("撤回", "已撤回", "退出", "撤回同意"),
        "not_asked": ("未询问", "未征求", "未问"),
        "present": ("有",),
        "missing": ("缺",),
        "excused": ("缺，有原因",),
        "not_expected": ("不要求",),
    },
    "kind": {
        "interview": ("访谈",),
        "informant": ("知情人访谈",),
        "observation": ("观察",),
        "attendance": ("出席",),
        "consent": ("知情同意",),
    },
    "type": {
        "text": ("文字",),
        "category": ("类别",),
        "integer": ("整数",),
        "number": ("数值",),
        "date": ("日期",),
        "yes_no": ("是否",),
    },
}

_YES_NO = {"zh": ("是", "否"), "en": ("yes", "no")}


def plain(text: str) -> str:
    """``text`` as it is compared: without full-width forms, capitals and blanks.

    >>> plain("Session  Ｎo（1）"), plain("编 号")
    ('sessionno(1)', '编号')
    """
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def heading(column: str, language: str) -> str:
    """What a column is headed with; English tables have the names of qualkit itself.

    >>> heading("case", "zh"), heading("case", "en"), heading("grade_post", "zh"), heading("宿舍", "zh")
    ('编号', 'case', '年级_post', '宿舍')
    """
    if language == "zh" and column in _COLUMNS:
        return _COLUMNS[column][0]
    return attribute_heading(column, language)


def attribute_heading(column: str, language: str) -> str:
    """What an attribute is headed with: a word for the common ones, else the name it was given.

    >>> attribute_heading("sex", "zh"), attribute_heading("note", "zh")
    ('性别', 'note')
    """
    if language == "zh":
        for name in COMMON_ATTRIBUTES:
            if column == name or column.startswith(f"{name}_"):
                return _COLUMNS[name][0] + column.removeprefix(name)
    return column


def find_columns(headers: Iterable[str], wanted: Iterable[str]) -> dict[str, int]:
    """Which of the ``wanted`` columns stands where; where two headers fit, the more usual word goes first.

    >>> find_columns(["序号", "编号", "社区"], ["case", "role", "site"])
    {'case': 1, 'site': 2}
    """
    compared = [plain(header) for header in headers]
    places: dict[str, int] = {}
    for column in wanted:
        found = [compared.index(word) for word in _compared_words(column) if word in compared]
        if found:
            places[column] = found[0]
    return places


def value_word(column: str, value: str, language: str) -> str:
    """The word for a value such as ``given``; others are shown as they are.

    >>> value_word("status", "given", "zh"), value_word("kind", "scale/cyrm-28", "zh")
    ('同意', '量表/cyrm-28')
    """
    if language == "en":
        return value
    if column == "kind":
        for name, word in (("scale/", "量表/"), ("survey/", "问卷/")):
            if value.startswith(name):
                return word + value.removeprefix(name)
    words = _VALUES.get(column, {}).get(value)
    return words[0] if words else value


def find_value(column: str, text: str) -> str | None:
    """The value that a word stands for; ``None`` when it is none of this column's.

    >>> find_value("role", "老师"), find_value("status", "√"), find_value("role", "村医")
    ('teacher', 'given', None)
    """
    given = plain(text)
    if column == "kind":
        for name, word in (("scale/", "量表/"), ("survey/", "问卷/")):
            if text.startswith(word):
                return name + text.removeprefix(word)
    for value, words in _VALUES.get(column, {}).items():
        if re.sub("[-_]", "", given) == value.replace("_", "") or given in map(plain, words):
            return value
    return None


def yes_no_word(value: bool, language: str) -> str:
    """Yes or no.

    >>> yes_no_word(True, "zh"), yes_no_word(False, "en")
    ('是', 'no')
    """
    return _YES_NO[language][0 if value else 1]


def _compared_words(column: str) -> list[str]:
    return [plain(column), *map(plain, _COLUMNS.get(column, ()))]
