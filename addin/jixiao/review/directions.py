"""Whether more or less of something is better, as far as its name says so."""

from __future__ import annotations

import re

from jixiao.forms.form import FormRow

# What is named by these is wanted low …
_LOW = re.compile(
    r"成灾率|死亡|伤亡|事故|投诉|差错|违规|违法|发案|信访|上访|超支|流失率|故障|能耗|排放"
    r"|成本(控制)?(数|额|总额)?$|费用(支出)?$|经费支出$"
)
# … unless the name is of dealing with it, or of a rate that is wanted high.
_OF_DEALING = re.compile(
    r"下降|降低|减少|减排|节约|控制率|处理|处置|办理|办结|查处|化解|整改|调解|排查|达标|覆盖|及时|完成|合格"
    r"|核查|检查|演练|培训|宣传|回复|回访|零"
)
_HIGH = re.compile(
    r"(合格|优良|优秀|达标|覆盖|完成|及时|知晓|满意|到位|通过|发放|保障|普及|入学|参保|就业|受益|正常运行|利用)"
    r"(率|度)$|满意度"
)


def is_wanted_low(row: FormRow) -> bool:
    """Whether the name is of something that should be little: 成灾率, 事故, a cost."""
    return bool(_LOW.search(row.name)) and not _OF_DEALING.search(row.name)


def is_wanted_high(row: FormRow) -> bool:
    """Whether the name is of a rate that should be high: 合格率, 覆盖率, 满意度."""
    return bool(_HIGH.search(row.name))


def has_no_clear_direction(row: FormRow) -> bool:
    """Whether a row without a sign must not be taken for a ≥."""
    return is_wanted_low(row) or "成本" in row.secondary
