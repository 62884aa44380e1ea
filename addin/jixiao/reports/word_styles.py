"""The look of a report in Word, in the manner of official documents (公文, GB/T 9704).

Everything is a named style, so that people can restyle a template in Word. Only 方正小标宋简体 does
not come with a Chinese Windows; the font table names what may stand in for each font.
"""

from __future__ import annotations

from dataclasses import dataclass

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement, parse_xml
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

LATIN = "Times New Roman"
TITLE_FONT, BODY_FONT, HEADING_FONT, SUBHEADING_FONT, TABLE_FONT = (
    "方正小标宋简体",
    "仿宋",
    "黑体",
    "楷体",
    "宋体",
)

# Sizes as the standard names them, and a line of which 22 make a page.
SECOND, THIRD, FOURTH, SMALL_FOURTH, FIFTH = Pt(22), Pt(16), Pt(14), Pt(12), Pt(10.5)
LINE = Pt(28.9)
TITLE_LINE = Pt(36)
THIN_LINE = Pt(10)
NO_SPACE = Pt(0)

TEXT_WIDTH = Mm(156)
_PAGE = (Mm(210), Mm(297))
_MARGINS = {"top": Mm(37), "bottom": Mm(35), "left": Mm(28), "right": Mm(26)}
_FOOTER_DISTANCE = Mm(25)

MARKED = RGBColor(0xC0, 0x00, 0x00)
_BORDER, _SHADE = "7F7F7F", "EDEDED"

TABLE_STYLE = "报告表格"


@dataclass(frozen=True, slots=True)
class Look:
    """A paragraph style; ``line`` is exact, None fits itself; ``indent`` counts characters."""

    name: str
    font: str
    size: Pt
    line: Pt | None = None
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.JUSTIFY
    indent: int = 0
    before: Pt = NO_SPACE
    after: Pt = NO_SPACE
    bold: bool = False
    colour: RGBColor | None = None
    keeps_next: bool = False


_CENTRE, _LEFT, _RIGHT = (
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.RIGHT,
)
_CELL = Pt(2)

TITLE = Look("报告标题", TITLE_FONT, SECOND, TITLE_LINE, _CENTRE)
TITLE_END = Look("标题后空行", BODY_FONT, THIRD, LINE)
HEADING = Look("Heading 1", HEADING_FONT, THIRD, LINE, _LEFT, indent=2, keeps_next=True)
SUBHEADING = Look("Heading 2", SUBHEADING_FONT, THIRD, LINE, _LEFT, indent=2, keeps_next=True)
BODY = Look("报告正文", BODY_FONT, THIRD, LINE, indent=2)
UNFILLED = Look("待补充", BODY_FONT, THIRD, LINE, indent=2, colour=MARKED)
NOTE = Look("说明", BODY_FONT, SMALL_FOURTH, Pt(20), indent=2)
TABLE_TITLE = Look(
    "表题", HEADING_FONT, SMALL_FOURTH, None, _CENTRE, before=Pt(8), after=Pt(4), keeps_next=True
)
AFTER_TABLE = Look("表后空行", BODY_FONT, FIFTH, THIN_LINE)
TABLE_UNIT = Look("表格单位", TABLE_FONT, FIFTH, None, _RIGHT, after=_CELL, keeps_next=True)
TABLE_HEAD = Look("表头", HEADING_FONT, FIFTH, None, _CENTRE, 0, _CELL, _CELL, keeps_next=True)
TABLE_TEXT = Look("表格文字", TABLE_FONT, FIFTH, None, _LEFT, 0, _CELL, _CELL)
TABLE_FIGURE = Look("表格数字", TABLE_FONT, FIFTH, None, _CENTRE, 0, _CELL, _CELL)
TABLE_GROUP = Look("表格小计", HEADING_FONT, FIFTH, None, _LEFT, 0, _CELL, _CELL, keeps_next=True)
TABLE_SUM = Look("小计数字", HEADING_FONT, FIFTH, None, _CENTRE, 0, _CELL, _CELL, keeps_next=True)
# Small tables stay on one page.
SMALL_TEXT = Look("小表文字", TABLE_FONT, FIFTH, None, _LEFT, 0, _CELL, _CELL, keeps_next=True)
SMALL_AMOUNT = Look("小表金额", TABLE_FONT, FIFTH, None, _RIGHT, 0, _CELL, _CELL, keeps_next=True)
PICTURE = Look("图", BODY_FONT, SMALL_FOURTH, None, _CENTRE, before=Pt(8), keeps_next=True)
PICTURE_TITLE = Look("图题", HEADING_FONT, SMALL_FOURTH, None, _CENTRE, after=Pt(10))
PAGE_NUMBER = Look("页码", TABLE_FONT, FOURTH, None, _CENTRE)

LOOKS = (
    TITLE,
    TITLE_END,
    HEADING,
    SUBHEADING,
    BODY,
    UNFILLED,
    NOTE,
    TABLE_TITLE,
    TABLE_UNIT,
    TABLE_HEAD,
    TABLE_TEXT,
    TABLE_FIGURE,
    TABLE_GROUP,
    TABLE_SUM,
    SMALL_TEXT,
    SMALL_AMOUNT,
    AFTER_TABLE,
    PICTURE,
    PICTURE_TITLE,
    PAGE_NUMBER,
)

# Name, what may stand in for it, Panose class, pitch. Word reads the stand-in from the font table.
_FONTS = (
    (TITLE_FONT, "宋体", "02010601030101010101", "default"),
    (BODY_FONT, "仿宋_GB2312", "02010609060101010101", "fixed"),
    (HEADING_FONT, "SimHei", "02010609060101010101", "fixed"),
    (SUBHEADING_FONT, "楷体_GB2312", "02010609060101010101", "fixed"),
    (TABLE_FONT, "SimSun", "02010600030101010101", "default"),
)
_FONT_TABLE = "/word/fontTable.xml"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def apply_styles(document: Document) -> None:
    """Give a fresh document of python-docx the page, the fonts and the styles of a report."""
    _set_page(document)
    _set_language(document)
    _set_fonts(document)
    for look in LOOKS:
        _define(document, look)
    document.styles.element.append(parse_xml(_TABLE_STYLE_XML))


def _set_page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = _PAGE
    section.top_margin, section.bottom_margin = _MARGINS["top"], _MARGINS["bottom"]
    section.left_margin, section.right_margin = _MARGINS["left"], _MARGINS["right"]
    section.footer_distance = _FOOTER_DISTANCE


def _set_language(document: Document) -> None:
    """Chinese throughout: else a program without our fonts takes Japanese forms of characters."""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-US")
        language.set(qn("w:eastAsia"), "zh-CN")
    for language in document.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:eastAsia"), "zh-CN")


def _set_fonts(document: Document) -> None:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{stand_in}"/><w:panose1 w:val="{panose}"/>'
        f'<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="{pitch}"/></w:font>'
        for name, stand_in, panose, pitch in _FONTS
    )
    latin = (
        f'<w:font w:name="{LATIN}"><w:panose1 w:val="02020603050405020304"/>'
        '<w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>'
    )
    xml = f'<w:fonts xmlns:w="{_W}">{fonts}{latin}</w:fonts>'
    table = next(p for p in document.part.package.iter_parts() if p.partname == _FONT_TABLE)
    table._blob = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{xml}'.encode()


def _define(document: Document, look: Look) -> None:
    styles = document.styles
    if look.name in styles:
        style = styles[look.name]
        style.element.remove_all("w:rPr")
        style.element.remove_all("w:pPr")
    else:
        style = styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
        style.quick_style = True
    assert isinstance(style, ParagraphStyle)
    style.font.name = LATIN
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), look.font)
    fonts.set(qn("w:cs"), LATIN)
    style.font.size = look.size
    style.font.bold = look.bold
    if look.colour is not None:
        style.font.color.rgb = look.colour
    _lay_out(style, look)


def _lay_out(style: ParagraphStyle, look: Look) -> None:
    layout = style.paragraph_format
    layout.alignment = look.align
    layout.space_before, layout.space_after = look.before, look.after
    layout.keep_with_next = look.keeps_next
    layout.widow_control = False  # 22 lines to a page, also across a paragraph
    if look.line is None:
        layout.line_spacing_rule = WD_LINE_SPACING.SINGLE
    else:
        layout.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        layout.line_spacing = look.line
    if look.indent:
        layout.first_line_indent = Pt(look.size.pt * look.indent)
        indent = style.element.get_or_add_pPr().find(qn("w:ind"))
        indent.set(qn("w:firstLineChars"), str(look.indent * 100))
    level = {HEADING.name: 0, SUBHEADING.name: 1}.get(look.name)
    if level is not None:
        outline = OxmlElement("w:outlineLvl")
        outline.set(qn("w:val"), str(level))
        style.element.get_or_add_pPr().append(outline)


_EDGES = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="{_BORDER}"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_TABLE_STYLE_XML = f"""
<w:style xmlns:w="{_W}" w:type="table" w:customStyle="1" w:styleId="ReportTable">
  <w:name w:val="{TABLE_STYLE}"/>
  <w:basedOn w:val="TableNormal"/>
  <w:uiPriority w:val="99"/>
  <w:qFormat/>
  <w:tblPr>
    <w:tblBorders>{_EDGES}</w:tblBorders>
    <w:tblCellMar>
      <w:left w:w="85" w:type="dxa"/>
      <w:right w:w="85" w:type="dxa"/>
    </w:tblCellMar>
  </w:tblPr>
  <w:tcPr><w:vAlign w:val="center"/></w:tcPr>
  <w:tblStylePr w:type="firstRow">
    <w:tblPr/>
    <w:tcPr>
      <w:shd w:val="clear" w:color="auto" w:fill="{_SHADE}"/>
    </w:tcPr>
  </w:tblStylePr>
</w:style>
"""
