"""What describes this package as a whole, its licences included."""

from __future__ import annotations

from daye_analysis.bilingual import Text
from daye_analysis.package.definition.model import Metadata

METADATA = Metadata(
    name="daye-manufacturing-targets",
    title=Text("大冶市制造强市目标（2024—2026年）数据包", "Manufacturing targets of Daye, Hubei, 2024–2026"),
    description=Text(
        "大冶市《推进新型工业化加快建设制造强市重点任务清单》（2024年2月）的全部任务、责任单位和量化目标，"
        "以及截至编制日能够查到的公开数据及其来源。多数目标尚无同口径公开数据；没有数据不等于没有完成。",
        "All tasks, responsible units and quantified targets of the task list with which Daye (Hubei, China) set out in "
        "February 2024 to become a strong manufacturing city by 2026, and the published figures that could be found, "
        "each with its source. For most targets no like figure has been published; that is no sign of failure.",
    ),
    version="1.0.0",
    compiled_on="2026-11-23",
    keywords=(
        Text("政策目标", "policy targets"),
        Text("制造业", "manufacturing"),
        Text("产业集群", "industrial clusters"),
        Text("大冶市", "Daye"),
        Text("公开数据", "open data"),
    ),
    spatial=Text("湖北省黄石市大冶市", "Daye, Huangshi, Hubei, China"),
    temporal="2023-12-31/2026-12-31",
    official_title=Text(
        "大冶市推进新型工业化加快建设制造强市三年行动方案（2024—2026年）重点任务清单",
        "Key task list of Daye's three-year programme for new industrialisation and a strong manufacturing city (2024–2026)",
    ),
    official_url="http://hbdaye.gov.cn/zfxxgk/zc/wjzl/202403/t20240301_1099870.shtml",
    publisher=Text("daye_analysis 项目", "The daye_analysis project"),
)
