"""A small codebook, and a way to write variants of it."""

from pathlib import Path

import pytest

SMALL = """\
# 一份小编码手册
schema: qualkit.codebook/1
id: small
version: 1.0
title:
  zh: 小手册   # 标题
codes:
- id: type
  label: {zh: 类型, en: Type}
  assignable: false
- id: type.withdrawal
  parent: type
  label:
    zh: 退缩型
  example:
    zh: 我不去。
    invented: true
  my_own_field: kept   # 自己加的
- id: type.aggressive
  parent: type
  label: 攻击型
  color: '#cc6677'
  valence: negative
"""


@pytest.fixture
def small():
    return SMALL


@pytest.fixture
def deviance():
    return Path(__file__).parents[2] / "codebooks" / "interpersonal_deviance.yaml"


@pytest.fixture
def write(tmp_path):
    def write_file(content, name="book.yaml"):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write_file
