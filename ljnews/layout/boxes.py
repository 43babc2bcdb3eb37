"""What a box's class and id say: words for boxes that never are the article, and for boxes that usually are."""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")

# Words of class and id names, taken apart at hyphens, underscores, digits and humps: «hot-recommend-cont», «relatedNews», «plbox».
COMMENT = frozenset(
    "comment comments cmt cmts pinglun plbox pllist gentie tie ties reply replies liuyan disqus uyan guestbook changyan sohucs floor hotcomment "
    "commentbox commentlist duoshuo".split()
)
ASIDE = frozenset(
    "related relate relates relatednews relevant relative xiangguan xgxw xgyd xglj xgwz xgnews recommend recommends recommended recom tuijian guess "
    "likes cnxh hotnews hotlist hot ranking rank ranklist paihang paihangbang phb recent latest morenews prevnext prenext sxp nextprev preandnext "
    "share shares sharebar sharebox bdshare bdsharebuttonbox jiathis fenxiang social sns sharesdk "
    "nav navbar navi navigation subnav topnav menu submenu breadcrumb breadcrumbs crumb crumbs mbx footer foot copyright banquan friendlink friendlinks "
    "youlian sidebar aside pagination pager fenye pagebar paging login register search sousuo toolbar "
    "ad ads adv advs advert adverts advertisement guanggao gg banner sinaads adbox promo promotion sponsor "
    "qrcode qr erweima ewm download openapp appdown wxfollow follow subscribe guanzhu disclaimer statement shengming declare mianze tags taglist "
    "keyword keywords vote survey toupiao dianzan zan praise digg ding feedback jiucuo errorreport popup popwin pop modal dialog mask float toast "
    "reward dashang shang profile loading lanrenzhijia marquee".split()
)
BODY = frozenset(
    "article articles content contents contenttext contenttxt zoom trs editor zhengwen zw detail details maintext newstext textcon neirong nr entry artibody "
    "postbody newsbody bodytext ozoom ucapcontent ucap vsbcontent wznr wzzw articlebody articlecontent articletext newscontent newscon news text txt "
    "conttext contxt wzcon main artcon artical view infocontent zoomcon jscontent richmedia body bt info doccontent enpcontent founder".split()
)
CAPTION = re.compile(
    r"caption|img[_-]?desc|img[_-]?descr|pic[_-]?(?:txt|text|info|note|title|desc|intro|shuo)|photo[_-]?(?:txt|note|desc|title)|tu[_-]?shuo|tuzhu|imgtext|"
    r"img[_-]?tip|zhushi|img[_-]?(?:title|note|txt|text|intro)|tushuo|picsm|imgalt"
)


@lru_cache(maxsize=8192)
def words(names: str) -> frozenset[str]:
    """Return the words of class and id names, in lower case.

    >>> sorted(words("hot-recommend-cont relatedNews"))
    ['cont', 'hot', 'news', 'recommend', 'related', 'relatednews']
    """
    parts = {w.lower() for w in _WORD.findall(names)}
    parts.update(re.sub(r"[^a-z]", "", token.lower()) for token in names.split())
    return frozenset(parts)


@lru_cache(maxsize=8192)
def kind(names: str) -> str:
    """Return what a box is by its name: comment, aside, body, or nothing."""
    if not names:
        return ""
    found = words(names)
    if found & COMMENT:
        return "comment"
    if found & ASIDE:
        return "aside"
    return "body" if found & BODY else ""
