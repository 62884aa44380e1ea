"""The manual's list of functions, docs/函数一览.md, from the table of functions.

    python -m jixiao.building.function_list docs/函数一览.md

writes it anew. Each example's result is worked out by the function itself.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import jixiao.udfs
from jixiao.cell_arguments import MISSING, OPEN, WRONG
from jixiao.function_table import CATEGORY, FUNCTIONS, ArgumentSpec, Example, FunctionSpec
from jixiao.workbook.names import COMPANION_COLUMNS

_INTRODUCTION = f"""\
# 函数一览

在单元格里输入 `=` 和函数名即可使用；“插入函数”窗口的“{CATEGORY}”类别里有同样的说明。
本页由程序自动生成，请勿手改。

## 参数怎么给

- 单元格、区域、直接写的数字和文字都可以。比率写成 `81%` 或 `0.81`。方括号里的参数可以不写。
- 空单元格是“没有填”，不当作0；没有发生的请填0。
- 分值须与评分标准一致；完成率、定性、扣分法三个得分函数适用于任何分值（0.01的整数倍，不大于100）。
- 日期用日期格式的单元格，或写成文字 `2023-12-30`、`2023年12月30日`。直接写在公式里的 `DATE(…)`
  对Excel来说只是一个数字，不作日期。

## 没有得数时显示什么

函数从不编造数字。算不出来时，单元格里是一句话：

| 开头 | 意思 | 怎么办 |
|---|---|---|
| `{MISSING}…` | 有空格没有填 | 按提示补填；没有发生的填0 |
| `{OPEN}…` | 评分标准的原文在此处不全，或须人工判断 | 人工评分并写明依据 |
| `{WRONG}…` | 填的内容不能用（文字、负数、漏了百分号、错误值等） | 按提示改正 |

- 一个函数的结果填进另一个函数时，这句话原样传下去；`JX_TOTAL` 遇到它就不合计，只说明有几行。
- 加减乘除遇到这句话，Excel显示 `#VALUE!`。但 `SUM`、`AVERAGE` 会跳过文字，比较大小时文字总是
  大于数字：合计请用 `JX_TOTAL`；用比率判断前，请先用 `ISNUMBER` 判断是不是数字。
- 参数是错误值（`#DIV/0!` 等）的单元格，按填错处理；在LibreOffice里按没有填处理。
- `{jixiao.udfs.NOT_AVAILABLE}` 只出现在 `JX_COMPLETION_TABLE` 的“完成率”“核定分值”两列，
  同一行的“得分”列写着原因。
"""

_CALL = re.compile(r"=(\w+)\((.*)\)")
_ARGUMENT = re.compile(r'"(?P<text>[^"]*)"|(?P<number>[\d.]+)(?P<percent>%?)|(?P<range>\w+:\w+)')


def function_list() -> str:
    """The whole page, in Markdown."""
    parts = [_INTRODUCTION, "## 函数\n"]
    parts += [f"- [`{_signature(function)}`](#{name.lower()})" for name, function in _functions()]
    parts += ["", *("\n".join(_section(function)) for _, function in _functions())]
    return "\n".join(parts)


def example_arguments(example: Example) -> list[object]:
    """The arguments of an example as a host would hand them over.

    Raises ValueError where the formula is not a call with numbers, texts and the example's ranges.
    """
    call = _CALL.fullmatch(example.formula)
    found = list(_ARGUMENT.finditer(call[2])) if call else []
    if call is None or ",".join(argument[0] for argument in found) != call[2]:
        raise ValueError(f"not a formula that can be worked out: {example.formula}")
    return [_value(argument, example) for argument in found]


def example_result(function: FunctionSpec) -> object:
    """What the function gives for its own example."""
    return function.call(*example_arguments(function.example))


def _value(argument: re.Match[str], example: Example) -> object:
    if argument["range"]:
        return example.ranges[argument["range"]]
    if argument["number"]:
        return float(argument["number"]) / (100 if argument["percent"] else 1)
    return argument["text"]


def _functions() -> Iterator[tuple[str, FunctionSpec]]:
    yield from FUNCTIONS.items()


def _signature(function: FunctionSpec) -> str:
    return f"{function.name}({', '.join(_shown_argument(a) for a in function.arguments)})"


def _shown_argument(argument: ArgumentSpec) -> str:
    name = f"{argument.name}…" if argument.is_variadic else argument.name
    return f"[{name}]" if argument.is_optional else name


def _section(function: FunctionSpec) -> Iterator[str]:
    yield f"### {function.name}\n"
    yield f"`{_signature(function)}`\n"
    yield f"{function.description}\n"
    yield from (f"- `{_shown_argument(a)}`：{a.help}" for a in function.arguments)
    yield ""
    yield from _example(function)


def _example(function: FunctionSpec) -> Iterator[str]:
    result = example_result(function)
    is_table = isinstance(result, list)
    formula = f"例：`{function.example.formula}`"
    yield f"{formula} 得{'' if is_table else f'　**{_shown(result)}**'}\n"
    if isinstance(result, list):
        yield from _table(("完成率", "核定分值", "得分"), result)
    for address, rows in function.example.ranges.items():
        yield f"其中 {address} 为\n"
        yield from _range(rows)


def _range(rows: Sequence[Sequence[object]]) -> Iterator[str]:
    """The cells of a range: a column on one line, a companion table with the columns it fills."""
    if len(rows[0]) == 1:
        yield "、".join(_shown(row[0]) for row in rows) + "\n"
        return
    places = [place for place in range(len(rows[0])) if any(row[place] is not None for row in rows)]
    headings = [COMPANION_COLUMNS[place].heading for place in places]
    yield from _table(headings, [[row[place] for place in places] for row in rows])


def _table(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterator[str]:
    yield f"| {' | '.join(headings)} |"
    yield "|---" * len(headings) + "|"
    yield from (f"| {' | '.join(_shown(cell) for cell in row)} |" for row in rows)
    yield ""


def _shown(cell: object) -> str:
    """A cell as the sheet shows it."""
    if cell is None or cell == "":
        return "（空）"
    return format(cell, ".15g") if isinstance(cell, int | float) else str(cell)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(function_list(), "utf-8", newline="\n")
