"""Sentences of our own for the charset tests: local news prose with characters that old charsets hold badly."""

from __future__ import annotations

from itertools import islice, product

_WHO = ["副区长朱镕川", "镇党委书记闻人𬭎", "村民㛃二姐", "项目经理石国栋", "县农业农村局局长欧阳锋"]
_SAYS = ["介绍，", "表示：", "告诉记者，", "说，目前"]
_WHAT = [
    "临江大道二期工程总投资１２．５亿元，全长8.6公里",
    "合作社今年种了320亩黄精，每亩增收2000余元",
    "“两区一县”新开工项目41个——比去年同期多９个",
    "水厂日供水能力10万吨，出水浊度低于0.1\xa0NTU",
    "欧洲客商订了30万€的柑橘，首批２００吨月底发货",
    "老街改造涉及居民1280户，其中870户已签约·腾退",
    "《决定》提出，到2025年绿化率达到45%；力争提前一年完成",
    "污水处理厂主体结构封顶，九月底通水试运行",
    "这条路堵了十年，如今双向六车道，十分钟就能进城",
    "全镇粮食总产量稳定在２.８万吨以上",
]


_WHO_TRADITIONAL = ["副區長朱鎔川", "鎮黨委書記聞人正", "村民張二姐", "專案經理石國棟", "縣農業局局長歐陽鋒"]
_SAYS_TRADITIONAL = ["介紹，", "表示：", "告訴記者，", "說，目前"]
_WHAT_TRADITIONAL = [
    "臨江大道二期工程總投資１２．５億元，全長8.6公里",
    "合作社今年種了320畝黃精，每畝增收2000餘元",
    "「兩區一縣」新開工項目41個，比去年同期多９個",
    "水廠日供水能力10萬噸，出水濁度低於0.1度",
    "歐洲客商訂了30萬元的柑橘，首批２００噸月底發貨",
    "老街改造涉及居民1280戶，其中870戶已簽約",
    "《決定》提出，到2025年綠化率達到45%；力爭提前一年完成",
    "污水處理廠主體結構封頂，九月底通水試運行",
    "這條路堵了十年，如今雙向六車道，十分鐘就能進城",
    "全鎮糧食總產量穩定在２.８萬噸以上",
]


def sentences(count: int = 200, *, traditional: bool = False) -> list[str]:
    """Return so many different sentences."""
    if traditional:
        made = (f"{who}{says}{what}。" for what, says, who in product(_WHAT_TRADITIONAL, _SAYS_TRADITIONAL, _WHO_TRADITIONAL))
        return list(islice(made, count))
    made = (f"{who}{says}{what}。" for what, says, who in product(_WHAT, _SAYS, _WHO))
    return list(islice(made, count))


def encodable(sentence: str, charset: str) -> str:
    """Return the sentence without the characters that a charset has not (an author of such a page could not write them either)."""
    kept = []
    for character in sentence:
        try:
            character.encode(charset)
        except UnicodeEncodeError:
            continue
        kept.append(character)
    return "".join(kept)
