"""What a line of a page is: prose, or one of the things that stand around it (版面杂质)."""

from __future__ import annotations

import re

# Class and id words of boxes that are never the article. Whole words or words joined by - and _, so that «content-related» is one and
# «correlated» is not.
_BOX = (
    "comments?|comment_?list|pinglun|pl_?box|plbox|gentie|reply|replies|liuyan|message_?board|tie_?area|post_?comment|hotcomment|uyan|disqus|"
    "shares?|share_?bar|share_?box|bdshare|bdsharebuttonbox|jiathis|jiathis_style|fenxiang|social|"
    "relate|related|related_?news|relatednews|relevant|xiangguan|xgxw|xgyd|xglj|xgwz|recommend|recommends|tuijian|guess|like_?list|"
    "hot|hot_?news|hot_?list|hotnews|rank|ranking|rank_?list|paihang|phb|top_?list|"
    "nav|navbar|navi|navigation|menu|topbar|top_?nav|top_?bar|main_?nav|sub_?nav|daohang|breadcrumb|breadcrumbs|crumb|crumbs|position|curpos|weizhi|"
    "footer|foot|bottom_?nav|copyright|copy_?right|banquan|friend_?link|friendlink|links|youlian|"
    "sidebar|side_?bar|aside|rightbar|right_?bar|side|"
    "ad|ads|adv|advert|advertisement|guanggao|gg|banner|sinaads|adbox|ad_?box|"
    "pagination|pager|page_?nav|page_?list|prevnext|prev_?next|pre_?next|sxp|sxpage|shangxia|"
    "login|register|search|search_?box|sousuo|toolbar|tool_?bar|tools|font_?size|print|"
    "qrcode|qr_?code|erweima|ewm|app_?download|download_?app|openapp|open_?app|statement|disclaimer|shengming|tags|tag_?list|keywords|"
    "vote|survey|dianzan|zan|praise|feedback|jiucuo|follow|subscribe|guanzhu|float|fixed|popup|pop|modal|dialog|mask|layer|toast"
)
BOX = re.compile(rf"(?:^|[\s_-])(?:{_BOX})(?:\d{{0,2}})(?=$|[\s_-])")
COMMENT_BOX = re.compile(r"comment|pinglun|gentie|reply|liuyan|plbox|tie-|disqus|uyan")
BODY_BOX = re.compile(
    r"article|content|zoom|trs_editor|zhengwen|detail|main_?text|news_?text|text_?con|neirong|entry|artibody|post_?body|newsbody|js_content|"
    r"ucap|cas_content|vsbcontent|v_news_content|articlebody|conttext|nr\b|wz_?nr|wzcon|bodytext|founder-content|ozoom|txt_?con"
)

_PUNCTUATION = re.compile(r"[，。；：！？、“”…,;!?]")
_STOP = re.compile(r"[。！？!?…”；;：:]\s*[）)」』]?$")


def punctuation(text: str) -> int:
    """Return how many marks of running prose a line holds."""
    return len(_PUNCTUATION.findall(text))


def is_sentence(text: str) -> bool:
    """Return whether a line reads like prose: long enough, with a comma or a full stop."""
    return len(text) >= 12 and ("，" in text or "。" in text or "！" in text or "？" in text or text.count(",") > 1 and len(text) > 30)


# Lines that are furniture wherever they stand inside or after an article. Anchored at the start and followed by what makes them short.
_LINES = [
    # moving on
    r"[【\[（(]?(?:上|下|前|后)一?[篇条页则版期](?:新闻|文章|信息|稿件)?[】\])）]?(?:\s*[:：>》].*|\s*)$",
    r"(?:上一篇|下一篇|上一条|下一条|上一页|下一页|上篇|下篇|上条|下条)(?:[:：\s].{0,80}|.{0,60})$",
    # tools
    r"[【\[（(]?\s*(?:打印|关闭|返回|收藏|推荐|纠错|我要纠错|加入收藏|字体|字号|放大|缩小|默认|大中小)(?:本页|本文|此页|此文|窗口|页面|顶部|首页|列表|上级|该页)?"
    r"\s*[】\])）:：|]?(?:\s*[【\[（(]?(?:打印|关闭|返回|收藏|大|中|小|本页|窗口|文章|默认|超大|分享|纠错|顶部|\s|[】\])）|:：+\-])*)$",
    r"(?:分享|转发|分享到|转发到|分享至|一键分享|我要分享|点击分享)(?:[:：]|给|至|到|$|让).{0,40}$",
    r"(?:浏览|阅读|点击|访问|浏览次数|阅读次数|点击数|点击量|浏览量|阅读量|阅读数|访问量|人气)(?:次数|量|数)?\s*[:：]?\s*[\[（(]?\s*\d*\s*[次人]?[\])）]?$",
    r"(?:来源|稿源|信息来源|文章来源|新闻来源|稿件来源|资料来源|文章出处|出处)\s*[:：].{0,60}$",
    r"(?:发布|更新|发表|录入|发稿|添加|刊发)(?:时间|日期)\s*[:：].{0,60}$",
    r"(?:相关)?(?:热词搜索|热词|关键词|关键字|标签|文章关键词|TAGS?)\s*[:：].{0,120}$",
    r"(?:微信|手机)?扫(?:一扫|码|描|二维码).{0,50}$",
    r".{0,12}(?:扫描|长按|识别|扫一扫)(?:上方|下方|左方|右方|上图|下图|以下|图中|左侧|右侧)?.{0,4}(?:二维码|小程序码).{0,40}$",
    r"(?:点击|欢迎|敬请|请|长按)?(?:下载|打开|进入|安装)[^。，]{0,20}(?:APP|App|app|客户端)[^。]{0,30}$",
    r"(?:点击|进入)(?:下方|上方)?(?:名片|蓝字|阅读原文|查看|进入专题).{0,40}$",
    r"更多(?:精彩|猛料|内容|资讯|新闻|相关)?.{0,10}(?:请|尽在|关注|下载|点击|欢迎).{0,60}$",
    r"[\[【（(]?原标题\s*[:：].{0,120}$",
    r"(?:网友评论|我要评论|发表评论|查看评论|评论\s*[\(（]?\d*[\)）]?|最新评论|热门评论|全部评论|已有\d+人|登录后|我来说两句).{0,60}$",
    r"(?:您|你)?(?:现在|当前)?的?(?:当前)?位置\s*[:：是].{0,80}$",
    r"(?:相关|热点|推荐|精彩|最新|更多|热门|图片|视频)(?:新闻|阅读|文章|链接|推荐|报道|资讯|专题|图片|附件|信息|内容)\s*[:：>]{0,2}$",
    r"(?:猜你喜欢|大家都在看|热点聚焦|新闻排行|热门排行|点击排行|栏目专题推荐|为你推荐|今日热点|热点推荐|精彩推荐|编辑推荐|图片新闻|延伸阅读)\s*[:：>]{0,2}$",
    # law
    r"(?:版权(?:声明|所有|与免责|归)|免责声明|特别声明|郑重声明|特别提示|本网声明|著作权声明|声明)\s*[:：].{0,600}$",
    r"(?:凡|本网|本站|本报|本平台|本文|以上内容|上述)[^。]{0,24}(?:注明|转载|授权|版权|不代表|仅供|仅代表|用户上传|侵权|存储服务).{0,400}$",
    r".{0,12}(?:不代表(?:本网|本站|本报|平台|.{1,10}(?:网|报|站))?.{0,6}(?:观点|立场)|如有侵权|如涉及?侵权|侵权.{0,6}删除|联系删除|未经.{0,10}(?:授权|许可|书面).{0,12}(?:转载|复制|使用|镜像)).{0,200}$",
    r"(?:网站|本站|互联网|信息网络|增值电信|经营许可|新出网证|网络视听|备案号|[\u4e00-\u9fff]ICP备|[\u4e00-\u9fff]公网安备|Copyright|COPYRIGHT|©).{0,200}$",
    r"(?:主办|承办|主管|协办|技术支持|网站标识码|地址|邮编|电话|联系电话|新闻热线|投稿邮箱|国内统一|广告热线|零售价|传真)\s*(?:单位)?\s*[:：].{0,200}$",
    r"特别声明[:：]?以上内容.{0,200}$",
]
_LINE = re.compile("|".join(f"(?:{p})" for p in _LINES), re.I)


def is_furniture(text: str) -> bool:
    """Return whether a whole line is page furniture."""
    return _LINE.match(text) is not None
