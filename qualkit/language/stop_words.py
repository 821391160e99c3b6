"""Words that carry no theme: function words, and the sounds people make while they think."""

from __future__ import annotations

from qualkit.checks import require_choice
from qualkit.model import LANGUAGES

# Spoken Chinese is full of them, and lists made from written texts lack them.
_SPOKEN = {
    "zh": "嗯 啊 呃 哦 噢 唉 哎 诶 欸 呀 吧 呢 嘛 啦 咯 哈 哈哈 嘿 喔 哇 唔 那个 这个 就是 就是说 然后 反正 那种 这种 "
    "什么的 对吧 是吧 对 对对 对对对 行 好 好的 好吧 没 没有 有 会 要 去 来 说 讲 觉得 感觉 一下 一点 有点 "
    "时候 的话 挺 蛮 咋 啥 咱 咱们 俺",
    "en": "um uh er erm hmm mm mhm yeah yes no okay ok oh ah well like just really actually basically "
    "kind sort thing things stuff gonna wanna 'cause cause",
}


def stop_words(language: str) -> frozenset[str]:
    """Function words and fillers of Chinese or English speech: spaCy's list, and what speech adds to it.

    Look at the list before a count that matters: 没有 and 不 are in it, and may be just what a child says.

    >>> {"的", "嗯", "然后"} <= stop_words("zh"), "学校" in stop_words("zh"), "um" in stop_words("en")
    (True, False, True)
    """
    require_choice("language", language, LANGUAGES)
    if language == "zh":
        from spacy.lang.zh.stop_words import STOP_WORDS
    else:
        from spacy.lang.en.stop_words import STOP_WORDS
    return frozenset(STOP_WORDS) | frozenset(_SPOKEN[language].split())
