"""The words of labels: roles and codes that speak, names that may, and what never names a speaker."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache

from qualkit.readers.process_record import is_part_name

# Roles by the words for them. A word stands alone, or with a name, number, letter or code beside it.
CHINESE_ROLES = {
    "interviewer": "访谈者|访谈员|访谈人|访问者|访问员|采访者|采访人|提问者|主持人|研究者|研究员"
    "|调查员|调查者|笔者|本人",
    "observer": "观察员|观察者|记录员|记录者",
    "informant": "受访者|受访人|被访者|被访人|被访谈者|受访对象|访谈对象|采访对象|参与者",
    "worker": "社会工作者|社工|督导|工作人员|网格员|志愿者|主任|书记|村干部|院长",
    "teacher": "班主任|老师|教师|教练|校长",
    "guardian": "监护人|照顾者|抚养人|家长|爸爸|妈妈|父亲|母亲|爷爷|奶奶|外公|外婆|姥姥|姥爷"
    "|公公|婆婆|祖父|祖母|阿公|阿婆|阿嬷|叔叔|姑姑|姑妈|舅舅|舅妈|姨妈|姨姨|小姨|阿姨|伯伯|伯父|伯母|婶婶",
    "sibling": "哥哥|姐姐|弟弟|妹妹|堂哥|堂姐|堂弟|堂妹|表哥|表姐|表弟|表妹",
    "member": "组员|成员|学员|案主|服务对象|小朋友|儿童|孩子|学生|同学|男生|女生|男孩|女孩"
    "|孙子|孙女|外孙|外孙女|儿子|女儿",
    "several": "全体(?:成员|组员)?|大家|众人|所有人|齐声",
    "": "说话人|发言人|讲话人",
}
ENGLISH_ROLES = {
    "interviewer": "interviewer|moderator|facilitator|researcher",
    "observer": "observer|note[- ]?taker",
    "informant": "interviewee|participant|respondent|informant",
    "worker": "(?:social )?worker|supervisor|volunteer",
    "teacher": "(?:head)?teacher|tutor",
    "guardian": "guardian|parent|(?:grand)?mother|(?:grand)?father|(?:grand)?ma|(?:grand)?pa|mom|mum|dad|aunt|uncle",
    "sibling": "brother|sister",
    "member": "(?:group )?member|child|student|pupil|boy|girl",
    "several": "all|everyone|several|multiple speakers",
    "": "(?:unknown )?speaker|unknown",
}
# Single signs are a role only when nothing stands beside them.
SINGLE_ROLES = {"我": "interviewer", "问": "interviewer", "访": "interviewer", "答": "informant", "受": "informant"}
SINGLE_ROLES |= {"众": "several", "Q": "interviewer", "I": "interviewer"}

# These are speakers in every transcript; the other roles also head lists and remarks (家长：满意).
_SURE = "|".join(CHINESE_ROLES[role] for role in ("interviewer", "observer", "informant", ""))
_SURE += "|社会工作者|社工|督导|组员|成员|学员|案主|服务对象"
_SURE_ENGLISH = "|".join(
    ENGLISH_ROLES[role] for role in ("interviewer", "observer", "informant", "", "worker", "member")
)
_ANY = "|".join(CHINESE_ROLES.values())
_ANY_ENGLISH = "|".join(ENGLISH_ROLES.values())

_SURNAME = (
    "(?:[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
    "范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文]|欧阳|上官|司马|诸葛|慕容|令狐|东方|夏侯|皇甫)"
)
CODE = r"[A-Z]{1,3}[-_]?[A-Z]{0,2}\d{1,4}"
ORDINAL = r"[甲乙丙丁戊己庚辛壬癸]|[一二三四五六七八九十]{1,2}|\d{1,3}|[A-Za-z]\d{0,3}"
_SHORT = r"[小阿老][\u4e00-\u9fff]{1,2}"
_GIVEN = rf"{_SHORT}|{_SURNAME}|[\u4e00-\u9fff]{{1,2}}(?:老师|社工|主任|同学|叔叔|阿姨)"
_BESIDE = rf"[ _-]?(?:{ORDINAL}|{CODE}|{_GIVEN}|\((?:{ORDINAL}|{CODE})\))"
_ENGLISH_BESIDE = r"[ _-]?(?:\d{1,3}|[a-z]\d{0,3})"

_CODE = re.compile(rf"{CODE}|SPEAKER[ _]?\d+")
_CODED_NAME = re.compile(rf"{CODE}[ _-]?(?:{_SHORT}|{_SURNAME}[\u4e00-\u9fff]{{1,2}}|([\u4e00-\u9fff])\1)")
_SURE_ROLE = re.compile(
    rf"[我问答访受众甲乙丙丁戊己庚辛]|[问答]\d{{1,3}}|(?:{CODE}的?)?(?:{_SURE})(?:{_BESIDE})?"
    rf"|(?i:(?:{_SURE_ENGLISH})(?:{_ENGLISH_BESIDE})?)"
)
_ROLE = re.compile(
    rf"(?:{CODE}的?|[\u4e00-\u9fffA-Za-z]{{1,3}}的)?(?:{_ANY})(?:{_BESIDE})?"
    rf"|[\u4e00-\u9fff]{{1,3}}(?:{_ANY}|爸|妈)|(?i:(?:{_ANY_ENGLISH})(?:{_ENGLISH_BESIDE})?)"
)

_ORDINARY = re.compile(r"[\u4e00-\u9fffA-Za-z0-9·._' \-]{1,24}(?:\([\u4e00-\u9fffA-Za-z0-9]{1,8}\))?")
_REMARKED = re.compile(r"([^()]+)\([^()]+\)")
_HAN = re.compile("[\u4e00-\u9fff]")

# How speech is brought in, how notes, lists and headers are headed.
_PHRASE = re.compile(
    r"[我你您他她它咱俺这那哪](?!$).*|[你您他她它咱这那哪]|[\d.\- ]+|第?[0-9一二三四五六七八九十]+[节次章题点、.]?"
    "|第[0-9一二三四五六七八九十].*"
    "|.*(?:[说讲问喊叫骂写答想的了着过吗呢吧啊呀嘛]|说道|问道|觉得|告诉|意思|回答|[是如例下]|例如|就是)"
    "|总之|其实|然后|因为|所以|但是|还有|结果|首先|其次|再次|最后|另外|此外|同时|因此|于是|不过|可是|反正|后来|比如|譬如|一方面|另一方面|好处|坏处"
    "|嗯+|哦+|噢|啊+|哎+|唉|诶|欸|呃|额|喂|哈+|嘿|嘘|对+|好+|行|可以|没有|不|当然|谢谢|再见|你好|真|听着|注意|记住|想想|看"
    "|(?:星期|周|礼拜)[一二三四五六日天].*|[上下中]午|早上|晚上|凌晨|傍晚|今天|明天|昨天|.*[0-9一二三四五六七八九十半][年月日号点分秒]半?"
    "|.*(?:编号|时间|日期|地点|方式|形式|主题|题目|目的|目标|达成|背景|说明|备注|[注度绪评价分数量率]|反思|总结|小结|记录|内容|过程|表现|情况|事件|动力)"
    "|.*(?:建议|问题|原因|关键词|提纲|附录|性别|年龄|年级|感受|收获|优点|缺点|优势|劣势|策略|计划|安排|物资|准备|材料|规则|奖励|环节|活动|游戏|步骤|阶段)"
    "|.*(?:结论|分析|措施|方法|对策|意义|假设|定义|名称|类型|等级|合计|总计|文献|选项|提示|重点|难点|关键|特点|特征|要求|任务|作业|标准|原则|依据|来源)"
    "|.*(?:时长|人数|出席|缺席|请假|用具|场地|消息|方面|影响|变化|需求|资源|关系|支持|行为|态度|能力|家庭|学校|社区|心情|开场|热身|结束|分享)"
    "|高兴|高年级|安静|平时|平静|金钱|马上|石头|江湖|白天|黄昏|温暖|文化|成绩|计划|程序|万一|常规|于是|许多|何时|毛病|方便|方向|任何|程度"
    "|(?:目标|任务|活动|环节|步骤|图|表|题|选项|阶段|方案|原因|问题|规则)[0-9A-Za-z一二三四五六七八九十]+"
)
_ENGLISH_PHRASE = re.compile(
    "(?i:so|the|an?|th(?:is|at|ese|ose|en|ere)|i|s?he|it|they|we|you|my|his|her|their|our|your|sa(?:id|ys?|ying)|asked|is|was|are|were|and|but"
    "|because|like|well|look|listen|yes|no|ok|okay|oh|ah|u[mh]|hm+|first(?:ly)?|second(?:ly)?|third(?:ly)?|finally|remember|anyway|actually|basically"
    "|honestly|maybe|also|just|if|when|what|why|how|where|who|which|not|now|see|think|pros?|cons?|notes?|dates?|time|place|location|title|topic|file"
    "|questions?|answers?|examples?|e\\.g\\.?|i\\.e\\.?|summary|abstract|keywords|transcript|conclusions?|introduction|methods?|results?|discussion"
    "|background|aims?|goals?|objectives?|reasons?|(?:dis)?advantages?|strengths?|weakness(?:es)?|opportunities|threats|steps?|days?|week|session|tasks?"
    "|activit(?:y|ies)|materials?|tips?|rules?|warning|figure|table|chapter|section|page|sources?|references?|https?|www|recording|consent|other"
    "|(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|june|july|august|september|october|november|december|[ap]m)"
)

_LIKELY_NAME = re.compile(rf"{_SHORT}|([\u4e00-\u9fff])\1")
_PLAUSIBLE_NAME = re.compile(
    rf"{_SHORT}\d?|([\u4e00-\u9fff])\1|{_SURNAME}[\u4e00-\u9fff]{{1,2}}|[\u4e00-\u9fff]+·[\u4e00-\u9fff·]+"
    r"|(?:Dr|Mrs?|Ms|Miss|Prof)\.? .+|[A-Z][a-z'-]+(?: [A-Z][a-z'.-]*)+|[A-Z]{1,12}|[A-Z][a-z]?"
)


class Grade(IntEnum):
    """How surely a label names a speaker by its words alone."""

    NEVER = 0
    UNKNOWN = 1
    NAME = 2
    ROLE = 3
    SURE = 4


@lru_cache(maxsize=20_000)
def grade(speaker: str) -> Grade:
    """How surely one person's label names a speaker.

    >>> [grade(one).name for one in ("访谈者", "A3", "奶奶", "小雨", "参与度", "A3的小本子")]
    ['SURE', 'SURE', 'ROLE', 'NAME', 'NEVER', 'UNKNOWN']
    """
    if _CODE.fullmatch(speaker) or _SURE_ROLE.fullmatch(speaker):
        return Grade.SURE
    if _CODED_NAME.fullmatch(speaker) and not _PHRASE.fullmatch(speaker):
        return Grade.SURE
    if (match := _REMARKED.fullmatch(speaker)) and (of_label := grade(match[1])) >= Grade.ROLE:
        return of_label
    if _PHRASE.fullmatch(speaker) or is_part_name(speaker) or _is_english_phrase(speaker):
        return Grade.NEVER
    if _ROLE.fullmatch(speaker):
        return Grade.ROLE
    if not _ORDINARY.fullmatch(speaker) or "的" in speaker:
        return Grade.UNKNOWN
    is_short = len(speaker) <= 8 if _HAN.search(speaker) else len(speaker.split()) <= 3
    return Grade.NAME if is_short else Grade.UNKNOWN


def _is_english_phrase(speaker: str) -> bool:
    if len(speaker) == 1:
        return False
    return any(_ENGLISH_PHRASE.fullmatch(word) for word in speaker.replace("-", " ").split())


def is_code(speaker: str) -> bool:
    """Whether a label is a code such as A3 or SPEAKER_00.

    >>> is_code("G-03"), is_code("A3奶奶")
    (True, False)
    """
    return bool(_CODE.fullmatch(speaker))


def is_likely_name(speaker: str) -> bool:
    """Whether a label is built as names of children are: 小雨, 阿明, 乐乐.

    >>> is_likely_name("小雨"), is_likely_name("奖励")
    (True, False)
    """
    return bool(_LIKELY_NAME.fullmatch(speaker))


def is_plausible_name(speaker: str) -> bool:
    """Whether a label is built as names are: 小雨, 林溪, 欧阳小北, Lin Wei, LIN; no noun such as 闪电 or Lunch.

    >>> is_plausible_name("林溪"), is_plausible_name("Lin Wei"), is_plausible_name("开心"), is_plausible_name("Lunch")
    (True, True, False, False)
    """
    match = _REMARKED.fullmatch(speaker)
    return bool(_PLAUSIBLE_NAME.fullmatch(match[1] if match else speaker))
