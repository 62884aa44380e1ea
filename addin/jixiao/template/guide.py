"""填报说明: what this workbook is and how to fill it in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from jixiao.ooxml.text_height import text_height
from jixiao.scoring.provenance import Provenance
from jixiao.scoring.rubric import Rubric
from jixiao.scoring.score import Status
from jixiao.scoring.subject import Subject
from jixiao.template.area import across, cell
from jixiao.template.book import Book, Sheet
from jixiao.template.provenance import FILLS, MEANINGS
from jixiao.template.styles import (
    CENTRED,
    HEADER,
    INPUT_FILL,
    PLAIN,
    PROGRAM_FILL,
    RARE_INPUT_FILL,
    SECTION,
    TAB_GUIDE,
    TEXT,
    TITLE,
)
from jixiao.workbook.names import RUBRIC

_WIDTHS = (25, 83)
_SIZE = 11
_READERS = {Subject.DEPARTMENT: "{region}各部门", Subject.PROJECT: "各项目实施单位"}

# What is typed, sheet by sheet; the braces hold the keys of the sheets.
_TYPING = {
    Subject.DEPARTMENT: (
        "在“{basics}”填部门名称、单位数、绩效目标和预算。",
        "在“{companion}”逐行填绩效指标的目标值和实际完成值。",
        "在“{inputs}”填其余各项数据；要写报告的，在“{report}”逐节填写。保存并关闭文件。",
    ),
    Subject.PROJECT: (
        "在“{basics}”填项目名称、单位、资金来源和年度总体目标，核对“执行率口径”是否合当地规定。",
        "在“{companion}”逐行填绩效指标的目标值、实际完成值和分值；同一类的分值全部留空，就平均分配。",
        "要写报告的，在“{report}”逐节填写。保存并关闭文件。",
    ),
}
_SPARE_ROWS = {Subject.DEPARTMENT: "“{companion}”", Subject.PROJECT: "“{companion}”和“{form}”"}
_LABEL = replace(CENTRED, size=_SIZE)
_WORDS = replace(TEXT, size=_SIZE)


def write_guide(book: Book, rubric: Rubric) -> None:
    """Write the sheet and make it the one that is seen first."""
    sheet = book.sheet("guide", TAB_GUIDE, _WIDTHS)
    title = f"{rubric.name}填报说明"
    sheet.put(across(0, 0, 1), title, replace(TITLE, size=16))
    sheet.height(0, 36)
    row = _write_standard(sheet, 1, rubric)
    row = _write_section(sheet, row, "填报步骤", _steps(rubric, book.sheets))
    row = _write_colours(sheet, row)
    row = _write_section(sheet, row, "填报规则", _rules(rubric, book.sheets))
    _write_sources(sheet, row, rubric, book.sheets["provenance"])
    sheet.print_on(None, landscape=False)
    sheet.zoom(110)
    sheet.open_here()


def _write_standard(sheet: Sheet, row: int, rubric: Rubric) -> int:
    purpose = (
        f"供{_READERS[rubric.subject].format(region=rubric.region)}填报{rubric.period}《{rubric.name}》。"
        "填好基础数据后，程序按评分标准逐项算分并写明依据，由人复核后报送。"
    )
    sheet.put(across(row, 0, 1), purpose, replace(PLAIN, size=_SIZE))
    sheet.height(row, text_height(purpose, sum(_WIDTHS), _SIZE))
    row += 1
    facts = (
        ("评分标准编号", rubric.id, RUBRIC),
        ("评分标准", f"{rubric.document}，{rubric.region}", ""),
    )
    for label, words, name in facts:
        sheet.put(cell(row, 0), label, replace(HEADER, size=_SIZE))
        sheet.put(cell(row, 1), words, replace(_WORDS, fill=PROGRAM_FILL), name)
        row += 1
    return row


def _steps(rubric: Rubric, sheets: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    waiting, judged = Status.MISSING_INPUT.label, Status.NEEDS_JUDGEMENT.label
    steps = (
        *(step.format_map(sheets) for step in _TYPING[rubric.subject]),
        "运行 python -m jixiao fill 文件名（或点加载项的“一键评分”），原文件自动备份。",
        f"看“{sheets['form']}”的得分和依据、“{sheets['review']}”的程序核对提示，"
        f"把“{waiting}”“{judged}”和提示的错误补齐改正，再评分一次。",
        f"在“{sheets['form']}”补填参考佐证材料名称，复核后打印，在“{sheets['review']}”签署意见。",
    )
    return tuple((f"第{number}步", words) for number, words in enumerate(steps, 1))


def _rules(rubric: Rubric, sheets: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return (
        ("空白和0", "空白表示“未填”，不当作0；没有发生的必须填0。"),
        ("比率", "按百分数填，如8.35%。"),
        (
            "【自动】",
            "以“【自动】”开头的文字和单独的“无”是程序写的，再次评分时会被替换；"
            "要保留就改写并删去“【自动】”。您写的其他文字程序一律不动。",
        ),
        (
            Status.MISSING_INPUT.label,
            "该行还缺数据，补填后再评分；有未得分的行时不出总分。",
        ),
        (
            Status.NEEDS_JUDGEMENT.label,
            "评分标准此处文字缺失或须酌情评分，程序不猜，"
            f"请在“{sheets.get('inputs', sheets['basics'])}”填人工评分和依据。",
        ),
        ("填错的数据", "程序列出所在单元格和原因；改正之前不写入任何得分。"),
        (
            "行列和工作表",
            "可以插入行列、调整宽高、改工作表名和次序；不要删除填报格所在的行列。"
            f"{_SPARE_ROWS[rubric.subject].format_map(sheets)}里不用的空行，隐藏后再打印。",
        ),
    )


def _write_section(sheet: Sheet, row: int, title: str, lines: tuple[tuple[str, str], ...]) -> int:
    row = _write_heading(sheet, row, title)
    for label, words in lines:
        sheet.put(cell(row, 0), label, _LABEL)
        sheet.put(cell(row, 1), words, _WORDS)
        sheet.height(row, max(20, text_height(words, _WIDTHS[1], _SIZE)))
        row += 1
    return row


def _write_heading(sheet: Sheet, row: int, title: str) -> int:
    sheet.put(across(row, 0, 1), title, replace(SECTION, valign="bottom"))
    sheet.height(row, 30)
    return row + 1


def _write_colours(sheet: Sheet, row: int) -> int:
    row = _write_heading(sheet, row, "颜色")
    colours = (
        ("黄色", INPUT_FILL, "由人填写。"),
        (
            "浅黄",
            RARE_INPUT_FILL,
            f"备注，以及只在程序提示“{Status.NEEDS_JUDGEMENT.label}”时才填的人工评分。",
        ),
        ("灰色、白色", PROGRAM_FILL, "程序写入的结果和固定文字，不要改。"),
    )
    for label, fill, words in colours:
        sheet.put(cell(row, 0), label, replace(_LABEL, fill=fill))
        sheet.put(cell(row, 1), words, _WORDS)
        sheet.height(row, 20)
        row += 1
    return row


def _write_sources(sheet: Sheet, row: int, rubric: Rubric, provenance_sheet: str) -> None:
    row = _write_heading(sheet, row, "评分标准出处")
    counts = Counter(
        fact.source.provenance for indicator in rubric.indicators for fact in indicator.facts
    )
    for provenance in Provenance:
        label = f"{provenance.label}（{counts[provenance]}处）"
        sheet.put(cell(row, 0), label, replace(_LABEL, fill=FILLS[provenance]))
        sheet.put(cell(row, 1), MEANINGS[provenance], _WORDS)
        sheet.height(row, 20)
        row += 1
    words = f"逐条列在“{provenance_sheet}”。"
    sheet.put(across(row, 0, 1), words, replace(PLAIN, size=_SIZE))
