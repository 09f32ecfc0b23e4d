"""Recognise the name of a responsible body, and its kind."""

from __future__ import annotations

import re
from typing import Literal

BodyKind = Literal[
    "bureau", "party_organ", "development_zone", "townships", "enterprises", "coordination_group", "superior_branch"
]
# The first that is found in a name decides.
_KINDS: tuple[tuple[BodyKind, str], ...] = (
    ("coordination_group", "领导小组|指挥部|专班|联席会议|委员会办公室$|推进办"),
    ("superior_branch", "税务局|海关|人民?行|气象局|邮政管理局|调查队|消防救援|金融监管|银保监|海事局|铁路局|供电|烟草|通信管理|边检|出入境"),
    ("party_organ", "[委]?(?:组织部|宣传部|统战部|政法委|网信办|编办|社会工作部|党校|老干部局|机关工委|直属机关)|[市县区省州旗盟]委办|纪委|"
     "团[市县区省州]?委|共青团|妇联|工会|工商联|科协|残联|文联|社联|侨联|红十字|人大|政协"),
    ("development_zone", "开发区|高新区|经开区|新区|示范区|保税区|园区|景区|功能区|度假区|管委会"),
    ("townships", "乡镇|镇街|街镇|街道|各镇|各乡|各县|各区|各市|镇政府|乡政府|县（市|县\\(市|县市区|区县|旗县|[镇乡村]$|社区$|各地"),
    ("enterprises", "公司|集团|企业|银行"),
    ("bureau", "局|委|办|厅|部|署|中心|院|会|社|队|站|所|政府|司|校|学|医"),
)  # fmt: skip

_ENDS = (
    "局|委|办|厅|部|署|会|院|行|校|司|处|站|队|组|所|社|中心|公司|集团|政府|街道|街镇|乡镇|镇|乡|村|社区|园区|景区|新区|开发区|高新区|"
    "经开区|功能区|示范区|度假区|保税区|管委会|领导小组|指挥部|工作专班|专班|机关|法院|检察院|联合会|协会|学会|银行|支行|分行|"
    "单位|部门|企业|机构|大学|学院|医院|总工会|工会|团委|妇联|工商联|科协|残联|文联|社联|供销社|单位等|各县|各区|县市区|区县|旗县|"
    "市州|区市|县区|县（市、区）|税务|海关|人大|政协|纪委监委|资规|住建|发改|工信|数据"
)
# A name may be followed by its meaning, and by 等.
_BODY = re.compile(
    rf"(?:各?[^\d，。；;：:！？\s]{{0,28}}(?:{_ENDS})|各(?:有关|相关|地|地区|级|部门|乡镇|镇街|街镇|县|区|市|盟|旗)[^，。；\d]{{0,14}})"
    r"(?:[（(][^（）()]{1,24}[）)])?(?:等)?"
)
# What is done is no body, but 住房城乡建设局 and 提升办 are.
_NO_BODY = re.compile(
    "(?:建设|推进|实施|提升|改造)(?!局|委|办|厅|部|处|中心|组|管理|投资|发展|集团|指挥部|专班|领导小组)"
    "|完成|加强|开展|达到|新增|打造|培育|以上|不少于|持续推动|加快"
)
_ENGLISH = re.compile(
    r"\b(?:department|dept|agency|office|authority|council|commission|bureau|ministry|district|committee|division|board|city|"
    r"county|services?|utility|utilities|works|planning|transit|parks|university|partners?|housing|fire|police|"
    r"sustainability|transportation|engineering|finance|health|schools?|[A-Z]{2,6})\b"
)


def kind_of_body(name: str) -> BodyKind | None:
    """Return what kind of body `name` names, None where it does not say."""
    return next((kind for kind, pattern in _KINDS if re.search(pattern, name)), None)


def is_body(text: str) -> bool:
    """Return whether `text`, the first name of a list of names, reads like a body: 市发展改革委, 各镇（街道）."""
    first = re.split(r"[、，,；;\n]", text.strip())[0].strip()
    if not first or len(first) > 60:
        return False
    if first.isascii():
        return len(first) <= 48 and _ENGLISH.search(first.title() if first.islower() else first) is not None
    return _BODY.fullmatch(first) is not None and _NO_BODY.search(first) is None
