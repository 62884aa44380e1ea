"""The manual as pages for a browser, because a staff PC has no program that shows Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

_PAGE = """\
<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ max-width: 50em; margin: 2em auto; padding: 0 1em; line-height: 1.7; color: #222;
  font-family: "Microsoft YaHei", "微软雅黑", "Noto Sans CJK SC", sans-serif; }}
h1, h2 {{ border-bottom: 1px solid #ccc; padding-bottom: .2em; }}
h2 {{ margin-top: 2em; }}
table {{ border-collapse: collapse; margin: 1em 0; }}
th, td {{ border: 1px solid #bbb; padding: .3em .7em; text-align: left; vertical-align: top; }}
th {{ background: #f0f3f7; }}
code {{ background: #f3f3f3; padding: .1em .3em; font-family: Consolas, monospace; }}
pre {{ background: #f3f3f3; padding: .7em 1em; overflow-x: auto; }}
pre code {{ padding: 0; }}
blockquote {{ margin: 1em 0; padding: .1em 1em; background: #fff8e1;
  border-left: 4px solid #f0b429; }}
img {{ max-width: 100%; border: 1px solid #ccc; }}
@media print {{ body {{ max-width: none; margin: 0; }} h2 {{ break-after: avoid; }} }}
</style>
</head>
<body>
{body}</body>
</html>
"""
_MARKDOWN_LINK = re.compile(r"^(?!\w+:)([^#]+)\.md(#.*)?$")


def manual_pages(docs: Path) -> Iterator[tuple[str, bytes]]:
    """Each page of the manual: the name of its file, and its content."""
    for source in sorted(docs.glob("*.md")):
        yield f"{source.stem}.html", page(source.read_text("utf-8")).encode("utf-8")


def page(markdown: str) -> str:
    """One page, whole; pictures and links to the other pages are relative, as in the source."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(markdown)
    headings = [(tag, text) for tag, text in pairwise(tokens) if tag.type == "heading_open"]
    for tag, text in headings:
        tag.attrSet("id", anchor(text.content))
    _join_chinese_lines(tokens)
    for token in _with_children(tokens):
        target = token.attrGet("href")
        if token.type == "link_open" and isinstance(target, str):
            token.attrSet("href", _MARKDOWN_LINK.sub(r"\1.html\2", target))
    title = next((text.content for _, text in headings), "")
    return _PAGE.format(title=title, body=parser.renderer.render(tokens, parser.options, {}))


def anchor(heading: str) -> str:
    """The name by which links call a heading: lower case, no punctuation, hyphens for spaces."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _join_chinese_lines(tokens: Iterable[Token]) -> None:
    """A line that goes on is a space to a browser, which does not belong between characters."""
    for block in tokens:
        line = block.children or []
        for before, token, after in zip(line, line[1:], line[2:], strict=False):
            if token.type == "softbreak" and not _is_spaced(before, after):
                token.type = "text"


def _is_spaced(before: Token, after: Token) -> bool:
    return before.content[-1:].isascii() and after.content[:1].isascii()


def _with_children(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _with_children(token.children or ())
