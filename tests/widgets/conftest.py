"""A small project, and a stand-in for the browser that talks with a widget."""

import pytest

import qualkit as qk

TEXT = "编号：A3\n\n社工：下课呢？\nA3：😀我就自己待着，他们玩什么我也不过去。\n"


class Browser:
    """Says to a widget what its page would say and keeps what it hears."""

    def __init__(self, widget, monkeypatch):
        self.widget = widget
        self.heard = []
        monkeypatch.setattr(widget, "send", lambda content, buffers=None: self.heard.append((content, buffers or [])))

    def say(self, t, buffers=(), **body):
        """Send one message; what came back."""
        before = len(self.heard)
        self.widget._handle_custom_msg({"v": 1, "t": t, "id": "m1", **body}, list(buffers))
        return [content for content, _ in self.heard[before:]]

    def do(self, *operations, again=False):
        """Send actions; their answers."""
        return self.say("ops", ops=list(operations), again=again)


@pytest.fixture
def project(tmp_path):
    with qk.create_project(tmp_path / "study.qualkit", title="交往偏差", prefix="DEV", coder="Lin") as project:
        project.sources.add_text("pre/A3", TEXT, kind="interview", case="A3", wave="pre")
        project.sources.add_text("post/A3", "社工：现在呢？\nA3：好多了。\n", kind="interview", case="A3", wave="post")
        project.codes.add("type", label={"zh": "偏差类型", "en": "type"})
        project.codes.update("type", is_assignable=False)
        project.codes.add("type.withdrawal", label={"zh": "退缩型", "en": "withdrawal"}, definition={"zh": "回避"})
        project.codes.add("type.aggressive", label={"zh": "攻击型", "en": "aggressive"})
        yield project


@pytest.fixture
def browser(monkeypatch):
    return lambda widget: Browser(widget, monkeypatch)
