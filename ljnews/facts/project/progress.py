"""What follows a name says that it is being built: its progress («…部分投产», «…将于明年9月通车», «…完成工程量80%») or its figures («…,总投资2亿元»).

`context.after` knows the words that `chunks` cuts at. This is the same question asked of the characters behind a span, adverbs and dates passed over, so
it also answers where the word behind the name is in no list.
"""

from __future__ import annotations

import re

_ADVERB = (
    r"(?:项目|工程|建设|也|均|都|还|已经|已|正式|正在|正(?!进行)|目前|日前|近日|今日|今天|昨日|昨天|当天|即将|有望|预计|计划|力争|确保|将|率先|顺利|全面|全部|全线|部分|今年|明年|年内|当年|累计|可望|现(?!代|有|场|行|存)|"
    r"基本|主体结构|主体工程|主体|主桥|主塔|主线|引桥|大坝|左线|右线|双线|[左右]幅|箱梁|桥面|土石方|土方|基坑|施工(?=完成|完工|结束|基本|已)|土建|外立面|路基|路面|主管线|主管网|管线|管网|桩基|地基|基础|首期|现已|再次|同时|同步|相继|陆续|先后|抓紧|加紧|加快|开始|通过|初步|如期|按期|建设工作|实现|隆重|破土|成功|稳步|扎实|一期|二期|三期)"
)
_WHEN = r"(?:(?:将于|预计于?|计划于?|已于|于|拟于|预计|力争|计划|将在|可在|在)[^,。;:、!?\n的]{1,14}?)"
_DONE = (
    r"(?:开工|动工|奠基|培土奠基|破土|开建|动建|启动(?:建设|施工|实施)?(?!仪式|资金|会)|竣工|完工|建成|通车|贯通|投产|达产|投用|投运|交付|封顶|落成|启用|开园|开业|投入(?:使用|运营|生产|运行|试)|试运[行营]|试生产"
    r"|并网|竣工验收|初步验收|复工|合龙|合拢|铺轨|掘进|通水|通航|蓄水|下闸|截流|开馆|开街|开诊|开港|校飞|试营业|试运营|上马|落户|落地|签约"
    r"|完成(?=[,。;!])|完成(?=[,。;])|基本结束|结束(?=[,。;])|开始[^,。;、]{0,10}(?:施工|浇筑|安装|开挖)|完成(?:总?工程量|总?投资|主体|路基|桩基|基础|征地|拆迁|土方|土石方|总工程|工程|招标|立项|可研|环评|施工图|规划设计|初步设计|前期|建设任务|基础设施|场平|设备安装|[^,。;、]{0,8}%|[^,。;、]{0,10}(?:施工|安装|浇筑|垫[层方]|铺设|封顶))"
    r"|(?:设备|机电)?(?:安装|调试)(?=[,。;、!]|阶段|中)|施工(?=[,。;、!]|阶段|中|高潮|进度|现场)|进展(?:顺利|迅速|良好|较快)|推进(?:迅速|顺利|实施|建设)|稳步(?:推进|实施)|扎实(?:推进|稳步)|有序推进"
    r"|进入(?:[^,。;、]{0,8}?)(?:阶段|收尾|尾声|施工|建设|冲刺)|(?:展开|铺开)(?=[,。;]|建设|施工)|初具规模|初具雏形|拉开(?:了)?(?:建设|大幕|序幕)|按下|如火如荼|热火朝天|完成过半|(?:规划|设计|选址|前期|征地|拆迁|可研)[^,。;、]{0,8}(?:正在进行|完成|启动|批复|展开)|安装设备|推进(?:项目)?(?:立项|前期|审批|报批|可研)|设备[^,。;、]{0,4}(?:订购|采购|到货|进场|到位)|进行[^,。;、]{0,8}(?:施工|安装|装修|招标|开挖|浇筑|联调联试|调试|测试)|(?:通过)?(?:审查|审批|批复|评审)|办理[^,。;、]{0,6}手续|建设(?=中|阶段)|推进(?=[,。;])|加快建设|提质|提速|(?:建设|工程|施工)(?:进度|进展))"
)
# 昨日举行开工仪式; not 举行项目集中开工仪式, 举行开学典礼
_HELD = (
    r"举行了?(?:隆重的?|盛大的?|简短的?)?(?:开工|奠基|动工|开建|竣工|落成|通车|投产|启用|投用|投运|点火|联机|试运行|通水|并网|封顶|合龙|截流){1,2}"
    r"[^,。;、]{0,6}?(?:仪式|典礼|庆典)"
)
# 获国家发改委核准, 取得路条, 通过蓄水验收: what is built, not a school's grade
_GRANTED = (
    r"(?:获得?[^,。;、]{0,8}(?:发改[委局]|发展改革委|能源局|水利[部厅局]|交通(?:运输)?[部厅])[^,。;、]{0,6}(?:核准|批复|批准|立项)"
    r"|获得?(?:国家|省里?|市里?|自治区)?(?:核准|立项)(?=[,。;、])|取得(?:路条|施工许可证?|核准)|通过[^,。;、]{0,14}?(?:蓄水|竣工|交工|完工|工程)[^,。;、]{0,2}验收"
    r"|(?:立项|可研|可行性研究|环评|选址|初步设计|项目建议书|水土保持)[^,。;、]{0,8}(?:通过|获)[^,。;、]{0,14}(?:评审|审查|批复|审批|核准|批))"
)
# 基本确定线路走向, 正在立项报批, 内部装修接近尾声
_PREPARED = (
    r"(?:(?:可研|环评|立项|初步设计|勘察设计)(?:报告)?等前期(?:手续|工作)|确定了?[^,。;、]{0,4}(?:走向|代建单位|施工单位|建设方案)|(?<=正在)(?:进行)?[^,。;、]{0,8}(?:立项|报批|装修|收尾|施工图设计|招标|选址|征地|拆迁)(?=[,。;、]|报批|工作|阶段|中)"
    r"|(?:工艺|机电|主要)?设备(?:正在|已|陆续|开始|相继){1,2}(?:进行)?(?:安装|调试|进场)|开始[^,。;、]{0,14}(?:浇筑|开挖|打桩|铺设|架设)|完成[^,。;、]{0,8}?\d[\d.]{0,7}[余多]?(?:米|公里|千米|延米|万?立方米|万方)|(?:内部|外部)?(?:装修|装饰|施工|建设|安装)接近尾声|雏形初现|初[现显]雏形|揭开面纱|试开园|交房|分房|点火(?:成功|试运行|运行|投产)|(?:全线|正式|成功)?通气(?=[,。;、!])|(?:设计|规划|建设|迁建|改造)?方案(?:出炉|公示|获批|敲定)|(?:累计|单月|日均|单日|已)?(?:掘进|进尺)[^,。;、]{0,4}\d)"
)
# 安和大桥|首根桩基正式开钻, 望江隧道|左洞贯通, 某污水处理厂|土建和设备安装基本完成: a part of what is built has got somewhere
_PART_DONE = re.compile(
    r"(?=[^,。;:!?\n的]{0,12}(?:桩基|灌注桩|承台|墩|塔柱|索塔|主塔|锚碇|沉井|箱梁|钢梁|T梁|桥面|匝道|路面|路基|轨道|[左右]洞|[左右]线|[左右]幅|导流洞|隧洞|大坝|坝体|拦河坝|围堰"
    r"|溢洪道|站房|主楼|裙楼|土建|主体|钢结构|屋面|幕墙|地下室|基坑|机组|风机|混凝土|首[根片件榀节仓]))"
    r"(?![^,。;:!?\n]{0,16}(?:维修|养护|检修|检测|鉴定|封闭|清洗|病害|破损|事故|坍|隐患))"
    r"[^,。;:!?\n的“]{2,18}?(?:完成|完工|贯通|封顶|合龙|合拢|浇筑|架设|吊装|下沉|就位|开钻|填筑|达到设计|铺设|铺轨|并网|点火|投产|投运)(?!的)"
)
_SKIPPED = re.compile(rf"{_ADVERB}{{0,6}}")
_NOW = re.compile(_DONE)
_SAID = re.compile(rf"{_ADVERB}{{0,6}}(?:{_HELD}|{_GRANTED}|{_PREPARED})|{_WHEN}{_HELD}")
_THEN = re.compile(rf"{_WHEN}{_ADVERB}{{0,2}}{_DONE}")
_DATED = re.compile(rf"(?:20|19)\d\d年(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?(?:份|底|初)?{_ADVERB}{{0,2}}{_DONE}")
_FIGURES = re.compile(
    r"(?:建设|[,:]|\(|20\d\d年|于20\d\d年[^,。]{0,14},)?(?:该|整个)?(?:项目|工程)?(?:(?:总|计划完成|计划|预计|概算|估算|协议|合同|一期|固定资产){1,3}投资|占地|用地|建筑面积|投资额|造价|规划用地|规划面积|全长|线路全长)"
    r"(?:额|面积)?(?:约|为|达|人民币|近|超|共|,)*\d"
)
# 平营高速公路,北起城区,南至某高速,全长约70公里; 某中心,位于某新城,总投资3亿元
_ROUTE = re.compile(
    r",?[东南西北]?(?:起|起于|起自|起点)[^,。;\n]{2,24},(?:[东南西北]?(?:至|止|止于|到|终点)[^,。;\n]{2,24},)?(?:路线|线路)?(?:全长|总长)约?\d"
)
_SITED = re.compile(
    r",?(?:位于|坐落于?|座落于?|地处|选址)[^,。;\n]{2,30}[,。](?:[^,。;\n]{2,24},)?(?:该|整个)?(?:项目|工程)?(?:计划|预计|概算|估算|拟){0,2}(?:总投资|投资[约\d]|概算|新建|拟建|工期|建设工期|建设规模|规划用地)"
)
_NEXT = re.compile(r"[^,。;!?\n]{0,24},(?:该|此|整个)?(?:项目|工程)(?:计划|预计|概算|已|总|一期|占地|建成|投产|将|由|位于)")
# ,位于团泊新城东区。总占地263亩,总投资33亿元
_SITED = re.compile(
    r",?(?:位于|坐落于|地处|选址于?)[^。;\n]{2,40}[,。](?:[^。\n]{0,40}[,。]){0,2}(?:项目)?(?:计划|预计)?总投资(?:约|为)?\d"
)
_COMMA = re.compile(r"[^,。;:!?\n]{1,18},(?:现|目前|现已|已|已经|正在|即将|全线|顺利|正式|也)+")
_CUES = (
    "明年培结左右双箱桥外路土大引项工建也均都还已正目日近今昨当即有预计力确将率顺全部基主桩地首现再同相陆先抓加开通初管前选征拆可设办审评提如按实隆破成稳扎一二三于拟可在动奠启"
    "竣完贯投达交封落试并复合铺掘蓄下截上签设机安施进推拉热热,(总概估协合占用造规线举获取立环选初水确接内工机校累单雏揭交分点"
)
_FIRST = frozenset(_CUES)


def progress(folded: str, end: int) -> bool:
    """Say whether what follows an offset reports progress: 部分投产, 将于国庆节前竣工, 完成路基垫方."""
    if _PART_DONE.match(folded, end):
        return True
    if folded[end : end + 1] not in _FIRST:
        return False
    skipped = _SKIPPED.match(folded, end)
    at = skipped.end() if skipped else end
    return bool(_NOW.match(folded, end) or _NOW.match(folded, at) or _THEN.match(folded, at) or _SAID.match(folded, end))


def next_clause(folded: str, end: int) -> bool:
    """Say whether a clause without a subject of its own reports when it was or will be built: ,于2021年1月启动建设."""
    if folded[end : end + 1] in ",位坐地选" and _SITED.match(folded, end):
        return True
    return folded[end : end + 1] == "," and bool(_THEN.match(folded, end + 1) or _DATED.match(folded, end + 1))


def dated(folded: str, end: int) -> bool:
    """Say whether what follows dates the works by a year: 2021年开工建设, 于2022年3月投产."""
    return bool(_DATED.match(folded, end + (folded[end : end + 1] == "于")))


def figures(folded: str, end: int) -> bool:
    """Say whether what follows gives a project's figures: 总投资8亿元, ,占地60亩."""
    return bool(_FIGURES.match(folded, end))


def situated(folded: str, end: int) -> bool:
    """Say whether what follows tells from where to where a thing goes and how long it is, or where it lies and what it costs to build."""
    return bool(_ROUTE.match(folded, end) or _SITED.match(folded, end))


def later(folded: str, end: int) -> bool:
    """Say whether the next clause reports progress: 某路北段与某路相接,已建成通车."""
    match = _COMMA.match(folded, end)
    return match is not None and (bool(_NOW.match(folded, match.end())) or bool(_THEN.match(folded, match.end())))


def goes_on(folded: str, end: int) -> bool:
    """Say whether the next clause speaks of the project: 快速推进,项目总投资2亿元."""
    return bool(_NEXT.match(folded, end))
