"""What the text says of a project: the cue words beside figures, dates, places and owners, and every rule's id."""

from __future__ import annotations

import re

RULES = {
    "project.head": "名称以项目、工程收尾,含地名、企业名或其他专名",
    "project.described": "名称以项目、工程收尾,没有专名,但有建设语境",
    "project.built": "园、厂、路、校等建成之物,旁边有建设或进展的谓语",
    "project.works": "改造、治理等工作,有地名并受建设动词支配",
    "project.visited": "走访的去处,句中说的是建设",
    "project.taken_up": "下一句以该项目、这个安置点承接",
    "project.defined": "其后明说是工程、项目:横山水库是一项中型水利工程",
    "project.list": "原文称其为项目的列举:甲、乙等26个在建项目",
    "project.listed": "列举中与有名者并列的同类",
    "project.table": "项目表中的一行",
    "project.shared": "列举共用中心语:川北医学院、西华师范大学新校区",
    "project.again": "已识别的项目再次出现",
    "project.ref": "回指:该项目、一期项目",
    "project.class": "泛指的项目:71个在建项目",
    "project.status": "进展谓语",
    "project.ceremony": "集中开工、签约、竣工仪式",
    "project.location": "位于、坐落于、选址",
    "project.owner": "由……投资建设、业主单位",
    "project.content": "建设内容",
    "project.amount": "总投资、占地、产能等数量",
    "project.date": "开工、竣工、投产的日期",
}

# What stands before a figure, at the end of the text before it, says what it measures; the first that fits wins.
_GAP = r"(?:额|规模|金额|资金)?(?:达到|达|为|约为|约|近|超过|超|逾|共计|共|是|预计|总计|合计|只有|将达|高达|:|\s)*"
MONEY = (
    ("annual_investment", re.compile(r"(?:年度?|当年|今年|年内|全年|20\d\d年)(?:度)?(?:计划|预计|拟|安排)?(?:完成)?投资" + _GAP + "$")),
    (
        "completed_investment",
        re.compile(
            r"(?:完成|完成了|到位|投入)(?:固定资产|工程|项目)?(?:投资|资金)(?:额|资金)?" + _GAP + "$|已(?:累计)?(?:投入|投资)(?:资金)?" + _GAP + "$"
        ),
    ),
    ("total_investment", re.compile(r"(?:总|计划总?|概算总?|估算总?|协议总?|合同|预计总?|拟|项目|工程|概)投资(?:约?人民币)?" + _GAP + "$")),
    (
        "total_investment",
        re.compile(r"(?<![成通产利设会目步进间效府力])(?<!民间)投资(?:总|概算)?" + _GAP + "$|(?:造价|总价|概算|耗资|斥资|捐资|筹资)" + _GAP + "$"),
    ),
)  # fmt: skip
COMPLETED_OF_IT = re.compile(r"(?:已|累计|已经)?完成了?$")
TO_COME = re.compile(r"需|预计|计划|力争|确保|将|年内|全年|年底前?|要完成|争取|目标")
INVEST = re.compile(r"(?:投资|出资|增资|筹资|投入|斥资|追加投资|捐资)" + _GAP + "$")
BUILDS = re.compile(r"(?:人民币|资金)?,?(?:用于|启动|实施|开工)?(?:在[^,。]{2,16})?(?:建设|新建|兴建|修建|建造|扩建|改建|实施|打造|建成|上马|开建|启动)(?:了)?")
FOUNDS = re.compile(r"(?:建设|新建|兴建|修建|建造|扩建|改建|实施|打造|建成|上马|开建|启动)了?(?:年产值[^,。]{2,10}的)?$")
AREA = (
    ("floor_area", re.compile(r"(?:建筑|建设|厂房|建筑总|新建)(?:总)?面积" + _GAP + "$|厂房" + _GAP + "$")),
    ("land_area", re.compile(r"(?:占地|用地|征地|规划|总)(?:总|用地)?(?:面积)?" + _GAP + "$|(?:^|[,、])面积" + _GAP + "$")),
)  # fmt: skip
BARE_AREA = re.compile(r"^面积" + _GAP + "$")
BUILT_ABOUT = re.compile(r"厂房|房屋|建筑|车间|用房")
BUILDS_END = re.compile(r"建(?:设|成)?$")
_MAKE = r"(?:产能|产|处理能力|处理量|处理|加工|供水|输气能力|出栏|生产能力|生产|发电|吞吐量|吞吐能力|供气|屠宰|储存|运输)"
CAPACITY = re.compile(
    r"(?=[年日月产生处供装总库设能床学编])(?:(?:年|日|月)" + _MAKE + r"(?!值|量|出)[^,;。]{0,14}$"
    r"|(?:产能|生产能力|处理能力|生产规模|处理规模|供水能力|装机容量|装机规模|总装机|库容|设计规模|能力)[^,;。\d]{0,6}$"
    r"|(?:床位|学位|床位数|编制床位)" + _GAP + "$)"
)
CAPACITY_AFTER = re.compile(r"(?:个|张)?(?:床位|病床|学位)")
PLACES = re.compile(r"(?:可容纳|容纳|在校生(?:规模)?|办学规模|可接待)" + _GAP + "$")
LENGTH = re.compile(r"(?:全长|总长|长度|线路长|长|里程)" + _GAP + "$")

# What is not yet: wished, planned, expected. 到 only before a year: 到2025年, not 到位.
FUTURE = re.compile(
    r"将|预计|计划|力争|争取|有望|拟|确保|可望|目标|届时|尽快|尽早|早日|推动|促进|促使|力促|为了|若|如果|才能|早(?=建成|投产|开工|竣工|落地|签约|见效|达)|要(?!素|求)|保证|务必|到(?=20\d\d年|今年|明年|年)|提前实现|条件"
)
FUTURE_VERB = re.compile(r"即将|下月|明年|后年|待|等待|后续|实现(?=投产|竣工|开工)")
DONE = re.compile(r"已|了|刚刚|昨|今天|(?<!\d)日前|正式|当天|顺利")
NEGATED = re.compile(r"未|尚未|没有|无法|不能|暂未|还没")
STARTED = re.compile(r"(?:新)?开工(?!率|项目|仪式|令|条件)|动工|奠基|破土|开建|启动建设|启动施工|兴建|施工帷幕|打桩|进场施工")
COMPLETED = re.compile(
    r"竣工|完工|建成|投产|投用|投运|通车|(?<!批量)交付|投入使用|投入运营|投入运行|投入生产|启用|开园|开业|落成|贯通|通水|通航|(?<!首批机组)并网|运营|完成|达产|收尾|试运行"
    r"|试生产|试产|开放|通气|交工|入住|开学|招生|开诊|上线|验收|投放使用|开馆"
)
DATE_OF = re.compile(r"(开工|动工|竣工|完工|投产|建成|通车|交付)(?:时间|日期)(?:为|是|在|定于|:)?")
# What is only a part of a project: its completion is not the project's.
PART = re.compile(
    r"门诊|急诊|住院部|病区|配套|运动场|绿化|跑道|主体|厂房|车间|大坝|单体|号楼|栋楼|幢楼|桩基|路基|路面|桥墩|墩柱|隧洞|渠系|管道|设备|土方|地下室|围墙|场地|平整|脚手架|封顶|安装|装修|首批|部分|一半|基础|百分之|%|生产线|机组|征地|拆迁|办公楼|研发楼|河段|施工图|规划|手续|用地|工序|节点|[东西南北左右]幅|控制性"
)
STRUCTURE = re.compile(r"主体|封顶|地下室|桩基|路基|桥墩|大坝|场地|平整|土方|征地|拆迁|河段|首批|规划|手续|施工图")
PLANNING = re.compile(r"计划|预计|力争|确保|拟")
GOVERNS = re.compile(r"(?:新)?(?:开工|动工|开建|兴建|启动建设)(?:建设|新建|改造)?[^,。的]{0,6}")
LOCATION = re.compile(
    r"(?:位于|坐落于|坐落在|座落于|座落在|地处|选址于|选址在|选址|落户于|落户在|落户|落地于|落地在)了?([^,;。!?、\n()“”]{2,24}?)"
    r"(?=[,;。!?、\n(“]|的|东侧|西侧|南侧|北侧|以东|以西|以南|以北|境内|交汇处|脚下|附近|旁|,)"
)
STARTED_AT = re.compile(r"在([^,;。!?\n在]{2,20}?)(?:正式|隆重|顺利|全面)?(?:开工|奠基|动工|破土|举行开工|举行奠基|举行隆重的?开工)")
STANDING_IN = re.compile(r"在([^,;。!?\n在的“”]{2,16})")
SCENE = re.compile(r"[\s“]{0,6}(?:走进|在|来到)([^,;。!?\n在的“”]{2,16}?),")
_OWNERS = "公司|集团|政府|局|中心|合作社|基金会|医院|学院|大学|股份|科技|电子|电器|电气|光电|能源|实业|重工|药业|食品|企业|[A-Z]"
OWNER = re.compile(
    rf"由([^,;。!?\n的由]{{2,40}}?(?:{_OWNERS})(?![\u4e00-\u9fff]{{0,6}}(?:公司|集团)))"
    r"(?:独资|出资|共同|联合|负责|全额|合资)*(?:投资|兴建|开发建设|开发|出资|筹划实施|筹建|合资建设|捐资|建设)"
)
FIRM_FIRST = re.compile(r"(?<![\u4e00-\u9fff])[\s“]{0,6}([\u4e00-\u9fff()]{3,26}?(?:公司|集团))(?=是|为|,|作为|于|在|自)")
OWNER_LABEL = re.compile(r"(?:业主单位|建设单位|项目业主|投资方|投资主体|业主)(?:为|是|:)([^,;。!?\n]{3,30})")
INVESTOR = re.compile(r"(?<![\u4e00-\u9fff()A-Za-z])([\u4e00-\u9fff()A-Za-z]{2,26}?)(?:还|又|再|已|拟|将|计划|正|宣布|总|共|追加)*$")
CONTENT = re.compile(
    r"(?:主要建设内容|建设内容|主要内容|主要建设|主要包括|内容包括|拟建设|将建设|计划建设|新建)(?:包括|为|有|主要包括|主要为)?:?([^。!?\n;]{4,80})"
)
