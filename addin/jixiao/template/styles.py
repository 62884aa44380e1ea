"""How cells look: one palette and few styles, from which the sheets derive theirs."""

from __future__ import annotations

from dataclasses import dataclass, replace

SONG, HEI = "宋体", "黑体"

GB2312 = 134
"""The character set that Excel writes for Chinese fonts."""

INPUT_FILL = "#FFF9DE"
"""Yellow: people type here."""

RARE_INPUT_FILL = "#FFFDF4"
"""A breath of yellow: people type here, but only where the program asks for it."""

PROGRAM_FILL = "#F2F2F2"
"""Grey: the program writes here, or the text is fixed."""

HEADER_FILL = "#E4ECF4"
ASIDE_FILL = "#EAF1E6"
BLACK, GREY = "#000000", "#6B6B6B"
LINE, FADED = "#7F7F7F", "#BFBFBF"

TAB_GUIDE, TAB_INPUT, TAB_RESULT, TAB_SOURCE = "#5B7FA6", "#F2C230", "#4E8F5A", "#8C8C8C"


@dataclass(frozen=True, slots=True)
class Style:
    """The look of a cell, without regard to the program that writes the file."""

    font: str = SONG
    size: float = 10
    bold: bool = False
    colour: str = BLACK
    fill: str = ""
    border: int = 1
    left_border: int = 1
    align: str = "left"
    valign: str = "vcenter"
    number_format: str = "General"
    wrap: bool = True
    indent: int = 0

    def properties(self) -> dict[str, str | int | float | bool]:
        """The style in XlsxWriter's words."""
        found: dict[str, str | int | float | bool] = {
            "font_name": self.font,
            "font_size": self.size,
            "font_charset": GB2312,
            "bold": self.bold,
            "font_color": self.colour,
            "align": self.align,
            "valign": self.valign,
            "num_format": self.number_format,
            "text_wrap": self.wrap,
            "indent": self.indent,
        }
        if self.fill:
            found["bg_color"] = self.fill
        if self.border:
            found |= {"border": self.border, "border_color": LINE, "left": self.left_border}
        return found


TEXT = Style()
CENTRED = replace(TEXT, align="center")

# A label over many rows may be parted by the end of a page: in the middle it would be cut in two.
TALL = replace(TEXT, valign="top")
TALL_CENTRED = replace(CENTRED, valign="top")

HEADER = replace(CENTRED, font=HEI, fill=HEADER_FILL)
TITLE = Style(font=HEI, size=18, border=0, align="center")
SECTION = Style(font=HEI, size=12, border=0)
PLAIN = replace(TEXT, border=0)
QUIET = replace(PLAIN, size=9, colour=GREY)
INPUT = replace(TEXT, fill=INPUT_FILL)
INPUT_CENTRED = replace(INPUT, align="center")
MACHINE = replace(CENTRED, fill=PROGRAM_FILL)

AMOUNT_FORMAT = "#,##0.00"
PERCENT_FORMAT = "0.00%"
POINTS_FORMAT = "0.00"
TEXT_FORMAT = "@"
