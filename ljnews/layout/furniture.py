"""What a line of a page is: prose, or one of the things that stand around it (版面杂质)."""

from __future__ import annotations

import re
from functools import lru_cache

from ljnews.layout.words import lexicon


def is_sentence(text: str) -> bool:
    """Return whether a line reads like prose: long enough, with a comma or a full stop."""
    return len(text) >= 12 and ("，" in text or "。" in text or "！" in text or "？" in text or (text.count(",") > 1 and len(text) > 30))


_TOOLBAR = 40  # a line of tools is no longer
_BETWEEN = re.compile(r"[\s　\xa0|｜丨·•:：,，、;；/／\\\[\]【】〖〗〔〕()（）<>《》〈〉«»‹›＜＞＋×✕✖□■◇◆○●▲△▼▽↑↓←→*…—―_~=.。-]+")
_MARKS_ALONE = re.compile(r"[|｜丨·•×✕✖<>«»‹›＋\[\]() .]+")
_COUNTER = re.compile(r"[(（]?0[)）]?|\d{1,5}/\d{1,5}|\d{1,2}:\d{2}\s?/\s?\d{1,2}:\d{2}")

# Lines that are furniture wherever they stand inside or after an article. Anchored at the start, each with an end that keeps prose out.
# Every pattern comes with the characters that it can begin with, so that a line is held against two or three of them and not against all.
_LINES = (
    (
        "【[（(<《上下前后",
        r"[【\[（(<《]*\s*[上下前后][一1]?(?:篇|条|页|则|版|期|图集|组)(?:新闻|文章|信息|稿件|"
        r"标题)?\s*[】\])）>》]*(?:\s*[:：>》].*|\s*|\s.{0,60})$",
    ),
    (
        "【[上下",
        r"[【\[]?(?:上一篇|下一篇|上一条|下一条|上一页|下一页|上篇|下篇|上条|下条|上一版|下一版)[】\]]?(?:[:：\s].{0,80}|"
        r".{0,60})$",
    ),
    (
        "首尾末0123456789 |<>«»‹›上共第当全在显展余",
        r"(?:首页|尾页|末页|(?<!\d)\d{1,2}(?!\d)|[\s|<>«»‹›]|上一页|下一页|共\s?\d+\s?页|第\s?\d+\s?页|当前|全文|"
        r"在本页阅读全文|显示全文|展开全文|余下全文){2,}$",
    ),
    ("展显阅查在余", r"(?:展开|显示|阅读|查看|在本页阅读|余下)(?:全文|剩余|更多|原文)[^。]{0,20}$"),
    (
        "【[（(|打关返收推纠我加字放缩默大TA繁朗听语全保",
        r"[【\[（(|]*\s*(?:打\s?印|关\s?闭|返\s?回|收\s?藏|推荐|纠错|我要纠错|加入收藏|字\s?体|字\s?号|放大|缩小|默认|大中小|"
        r"大\s中\s小|T\+|T-|A\+|A-|繁体|朗读|听新闻|语音播报|全文听|保存)(?:本页|本文|本稿|此页|此文|文章|窗口|页面|顶部|首页|列表|"
        r"上级|该页)?(?:[\s】\])）|:：+\-【\[（(]|打\s?印|关\s?闭|返\s?回|收\s?藏|大|中|小|本页|本稿|窗口|文章|默认|超大|"
        r"较大|标准|分享|纠错|顶部|转发|加粗|推荐|给好友|保存|评论|(?<!\d)\d{1,2}:\d{2})*$",
    ),
    ("分转一我点本", r"(?:分享|转发|分享到|转发到|分享至|一键分享|我要分享|点击分享|本文分享)(?:[:：]|给|至|到|$|让).{0,40}$"),
    (
        "浏阅点访本页已人",
        r"(?:浏览|阅读|点击|访问|本文浏览|页面浏览|已阅|人气)(?:次数|量|数|"
        r"人数)?[\s:：\[（(]{0,8}[\d.]{0,12}\s?万?\s?[次人+]?[\])）]?$",
    ),
    (
        "微朋新QQ复分人豆更收",
        r"(?:(?:微信好友|微信|朋友圈|新浪微博|腾讯微博|微博|QQ空间|QQ好友|QQ|复制链接|人人网|豆瓣|更多|分享|收藏)[\s|、/]{0,4}){3,}$",
    ),
    ("0123456789写还快暂", r"(?:\d{1,6}\s?条评论|写评论|还没有(?:人)?评论|快来抢沙发|暂无评论)[^。]{0,16}$"),
    ("0123456789.", r"[\d.]+万?\s*(?:次|人)?(?:浏览|阅读|点击|访问|评论|播放|赞|人在看)\s*$"),
    ("来稿信文新资本出", r"(?:来\s?源|稿\s?源|信息来源|文章来源|新闻来源|稿件来源|资料来源|本文来源|文章出处|出处)\s*[:：|｜].{0,60}$"),
    ("发更录添刊最", r"(?:发布|更新|发表|录入|发稿|添加|刊发|最后更新)(?:时间|日期)?\s*[:：].{0,60}$"),
    ("相热关标文Tt本", r"(?:相关)?(?:热词搜索|热词|关键词|关键字|标签|文章关键词|TAGS?|[Tt]ags?|相关标签|本文标签)\s*[:：].{0,120}$"),
    ("微手请用扫", r"(?:微信|手机|请|用手机)?扫(?:一扫|码|描|二维码)[，,]?[^，。]{0,40}$"),
    ("您已浏", r"您可以?(?:通过|在)[^。]{0,30}收藏[^。]{0,30}。?$|(?:您已经?|已经)?浏览完(?:所有|全部)图片.{0,20}$"),
    (
        "点欢敬请长立马下打进安",
        r"(?:点击|欢迎|敬请|请|长按|立即|马上)?(?:下载|打开|进入|安装)[^。，]{0,20}(?:APP|App|app|客户端)[^。]{0,40}$",
    ),
    ("点戳长", r"(?:点击|戳|长按)(?:上方|下方|标题|左上)[^。]{0,24}(?:关注|订阅|阅读)[^。]{0,12}$"),
    ("点戳进", r"(?:点击|戳|进入)(?:下方|上方|此处|这里)?(?:名片|蓝字|阅读原文|原文|查看|进入专题|关注|收听|观看|播放|下载)[^。]{0,40}$"),
    (
        "更相",
        r"(?:更多|相关(?=资讯|内容|信息|报道))(?:精彩|猛料|内容|资讯|新闻|相关|信息)?[^。]{0,10}(?:请|尽在|关注|下载|点击|"
        r"欢迎)[^。]{0,60}[。！!]?$",
    ),
    ("觉喜看如", r"(?:觉得|喜欢|看完|如果)[^。]{0,20}(?:点个|点赞|在看|转发)[^。]{0,30}[。！!]?$"),
    ("点", r"点亮?“?(?:在看|赞)[^。]{0,30}$"),
    ("[【（(原", r"[\[【（(]?原(?:标题|题)\s*[:：].{0,120}$"),
    (
        "网我发查最热全精评已登",
        r"(?:(?:网友|我要|发表|查看|最新|热门|全部|精彩)评论|评论\s*[\(（]?\d*[\)）]?$|已有\s*\d+|登录后|我来说两句|"
        r"我要留言)[^。]{0,60}$",
    ),
    ("您你现当目所的位", r"(?:您|你)?(?:现在|当前|目前|所在)*的?(?:当前|所在)?(?:的)?位置\s*[:：是].{0,80}$"),
    ("正导热", r"(?:正在阅读|导航|热搜|热词)\s*[:：].{0,80}$"),
    ("版免特郑本著声", r"(?:版权(?:声明|所有|与免责|归)|免责声明|特别声明|郑重声明|本网声明|著作权声明|声明)\s*[:：].{0,600}$"),
    (
        "凡本以上转如",
        r"(?:凡|本网|本站|本报|本平台|本文|以上内容|上述|转载|如需转载)[^。，]{0,20}(?:注明|转载|授权|版权|不代表|仅供|仅代表|"
        r"用户上传|侵权|存储服务).{0,400}$",
    ),
    ("打", r"打开微信[^。]{0,40}(?:分享|朋友圈)[^。]{0,12}[。！]?$"),
    ("您建", r"您是第[^。]{0,16}(?:位|个)[^。]{0,8}(?:访客|访问者|来访者)[^。]{0,6}$|建议使用[^。]{0,24}(?:浏览器|分辨率)[^。]{0,24}。?$"),
    ("您你当抱", r"(?:您|你)?(?:的|当前)?(?:抱歉，)?(?:您的)?(?:当前)?浏览器(?:版本)?(?:过低|不支持|暂不支持)[^。]{0,40}。?$"),
    ("互信增经新网备C©", r"(?:互联网新闻|信息网络传播|增值电信|经营许可|新出网证|网络视听|备案号|网站备案|Copyright|COPYRIGHT|©).{0,200}$"),
    (
        "主承技网政新投国广零本报爆",
        r"(?:主办|承办|主管|技术支持|网站标识码|政府网站标识码|新闻热线|新闻报料热线|投稿邮箱|投稿信箱|国内统一|广告热线|广告投放热线|零售价|"
        r"本报地址|报料热线|爆料热线)\s*(?:单位)?\s*[:：].{0,200}$",
    ),
    ("#[{$", r"(?:#+_?(?:PAGE_?BREAK|page|p)_?#*|\[/?(?:Next)?[Pp]age\]|\[!--empirenews\.page--\]|\{/?page\}|\$(?:False|True)\$)$"),
    ("广A推赞打关用微手", r"(?:广告|AD|推广|赞助|打赏|关注我们|关注本网|(?:用)?手机看新闻|微信关注)$"),
    ("分收点在转评赞", r"(?:分享|收藏|点赞|在看|转发|评论|赞){2,}$"),
    ("（(", r"[（(]转(?:自|载自?)\s?[:：].{1,30}[）)]$"),
    ("（(本", r"[（(]?(?:本文|本稿)(?:来自|来源|转自|系|首发)[^。]{0,40}(?:下载|关注|客户端|APP|公众号|原创)[^。]{0,40}[）)]?$"),
    ("返", r"返回[^。]{0,12}[，,]?\s*查看更多.{0,10}$"),
    (
        "正返加点收换没暂全",
        r"(?:正文已结束|返回腾讯网首页|加载中|点击加载更多|加载更多|收起|换一换|没有更多了|暂无评论|全部\s?\d+\s?条)[^。]{0,30}$",
    ),
    (
        "顶踩赞喜点举收分在回",
        r"(?:顶一下|踩一下|赞一下|喜欢|点赞|举报|收藏|分享|在看|赞|顶|踩|回复)(?:[\s\d.%|()（）]|顶一下|踩一下|赞|喜欢|收藏|分享|在看|举报|顶|踩)*$",
    ),
    ("0123456789.", r"[\d.]{1,6}%$"),
    ("发I", r"(?:发布于\s?|IP\s?属地\s?[:：]?\s?)[\u4e00-\u9fff]{2,6}$"),
    ("附相", r"(?:附件下载|相关附件|附件列表)\s*[:：]?$"),
)
# Furniture that its words betray wherever in a line they stand.
_BETRAYING = ("出品", "二维码", "小程序码", "公众号", "微信", "不代表", "侵权", "联系删除", "未经", "ICP备", "公网安备")
_ANYWHERE = re.compile(
    r"\A(?:.{0,90}(?:扫描|长按|识别|扫一扫|扫码)(?:上方|下方|左方|右方|上图|下图|以下|图中|左侧|右侧|关注|"
    r"添加)?[^。]{0,6}(?:二维码|小程序码|公众号|微信)[^。]{0,60}[。！!]?$"
    r"|.{0,40}(?:不代表(?:本网|本站|本报|平台|.{1,10}(?:网|报|站))?.{0,6}(?:观点|立场)|(?:如有|如涉及?|若)侵权|"
    r"侵权.{0,6}删除|联系删除|未经[^。]{0,10}(?:授权|许可|书面|允许)[^。]{0,12}(?:转载|复制|使用|镜像)).{0,200}$"
    r"|[^，。：]{2,20}(?:中心|工作室|融媒体?|编辑部|报社|网|台)(?:联合)?出品$"
    r"|[\u4e00-\u9fff](?:ICP备|公网安备).{0,200}$)"
)


def _by_first() -> dict[str, re.Pattern[str]]:
    """The patterns that a line with a given first character can match."""
    found: dict[str, list[str]] = {}
    for first, pattern in _LINES:
        for character in first:
            found.setdefault(character, []).append(pattern)
    # \A: a line is matched at its start alone, and a run of a thousand blanks costs nothing elsewhere.
    return {character: re.compile(r"\A(?:" + "|".join(f"(?:{p})" for p in patterns) + ")") for character, patterns in found.items()}


_BY_FIRST = _by_first()
_LEGAL = (
    "转载",
    "版权",
    "观点",
    "真实性",
    "传递更多信息",
    "侵权",
    "删除",
    "授权",
    "法律责任",
    "不代表",
    "来源于互联网",
    "来源于网络",
    "联系我们",
    "注明来源",
    "注明“",
    "稿酬",
)
_LIST_HEAD = re.compile(
    r"[■◆●【\[\s]{0,9}(?:(?:相关|热点|推荐|精彩|最新|更多|热门|图片|视频|专题|往期|此前)(?:新闻|阅读|文章|链接|推荐|报道|资讯|专题|图片|附件|信息|内容|评论|回顾|视频)|猜[你您](?:喜欢|感兴趣)|大家都在看|热点聚焦|新闻排行榜?|热门排行|"
    r"点击排行|(?:阅读|点击|新闻|热门|本周|本月|24小时)?排行榜?|友情链接|精彩推荐|热门推荐|推荐新闻|新闻推荐|大家在看|图片频道|视频推荐|专题推荐|栏目专题推荐|为[你您]推荐|今日热点|编辑推荐|图片新闻|延伸阅读)[】\]\s]{0,9}[:：>]{0,2}$"
)


@lru_cache(maxsize=1024)
def is_furniture(text: str) -> bool:
    """Return whether a whole line is page furniture."""
    if len(text) > 620 or not text:
        return False
    if len(text) <= _TOOLBAR and _is_toolbar(text):
        return True
    pattern = _BY_FIRST.get(text[0])
    if pattern is not None and pattern.match(text):
        return True
    return any(word in text for word in _BETRAYING) and _ANYWHERE.match(text) is not None


def _is_toolbar(text: str) -> bool:
    """Whether a short line is nothing but words for tools and navigation («[大] [中] [小] [打印] [关闭]», «登录 | 注册»), or marks alone."""
    known = lexicon("tools").entries
    if not _BETWEEN.search(text):
        return text.lower() in known or text == "0"
    words = [w for w in _BETWEEN.split(text.lower()) if w]
    if not words:  # «……» and «——» are lines of texts
        return _MARKS_ALONE.fullmatch(text) is not None
    return (
        all(w in known or (n and w.isdigit()) for n, w in enumerate(words))
        or "".join(words) in known
        or _COUNTER.fullmatch(text) is not None
    )


@lru_cache(maxsize=1024)
def is_legal(text: str) -> bool:
    """Return whether a line is a site speaking of its own rights and duties («本网站部分资料来源于互联网，转载的目的在于传递更多信息……»)."""
    if len(text) > 600 or not any(word in text for word in ("本网", "本站", "本平台", "本公众号", "本号", "本报", "原作者", "著作权人")):
        return False
    return sum(word in text for word in _LEGAL) >= 2


def is_list_head(text: str) -> bool:
    """Return whether a line heads a list of other articles («相关新闻：»); a section may open with it too."""
    return len(text) <= 16 and _LIST_HEAD.match(text) is not None
