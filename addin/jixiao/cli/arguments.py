"""The commands, their arguments and their help, in Chinese."""

from __future__ import annotations

import argparse
from pathlib import Path

from jixiao import __version__

_EXIT_CODES = """\
退出码：
  0  完成（还有待填、待评的行，或审核发现了问题，也算完成，结果里会写明）
  1  文件或其中的数据不能用，没有写入任何文件；原因已列出（安装中断时，已完成的步骤保留；
     审核几个文件时，读得了的照常审核、写出）
  2  命令写错了
"""

_EXAMPLES = """\
常用：
  python -m jixiao demo                  看一个真实例子
  python -m jixiao new 我的自评          新建自评表
  python -m jixiao fill 自评表.xlsx      评分并写回（原文件先备份为 自评表.bak.xlsx）
  python -m jixiao report 自评表.xlsx    生成 Word 报告
"""

# argparse looks its own words up through gettext, whose catalogues Python does not ship in Chinese.
_CHINESE = {
    "usage: ": "用法：",
    "positional arguments": "参数",
    "options": "选项",
    "show this help message and exit": "显示帮助后退出",
    "%(prog)s: error: %(message)s\n": "%(prog)s：错误：%(message)s\n",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s：%(message)s",
    "the following arguments are required: %s": "缺少参数：%s",
    "unrecognized arguments: %s": "不认识的参数：%s",
    "expected one argument": "后面应有一个值",
    "invalid choice: %(value)r (choose from %(choices)s)": "没有“%(value)s”，只有%(choices)s",
    "invalid %(type)s value: %(value)r": "“%(value)s”不是有效的值",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s 不明确，可能是 %(matches)s",
    "ignored explicit argument %r": "后面不应有值：%r",
}


_MOST_WORKERS = 60
"""Windows cannot wait for more processes at once."""


def _translate(message: str) -> str:
    return _CHINESE.get(message, message)


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line; ``options.command`` names the command."""
    argparse._ = _translate  # type: ignore[attr-defined]
    parser = argparse.ArgumentParser(
        prog="jixiao",
        description="绩效自评表评分：读入部门填好的数据，按官方评分标准算出每项得分、依据、总分和等级。",
        epilog=_EXAMPLES + "\n" + _EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"jixiao {__version__}",
        help="显示版本号后退出",
    )
    commands = parser.add_subparsers(
        # With prog given, argparse does not lay out a usage line (and load shutil) to find it.
        dest="command",
        metavar="命令",
        required=True,
        prog="jixiao",
    )
    _add_fill(commands)
    _add_score(commands)
    _add_review(commands)
    _add_adopt(commands)
    _add_explain(commands)
    _add_report(commands)
    _add_batch(commands)
    _add_new(commands)
    _add_demo(commands)
    _add_rubrics(commands)
    _add_install(commands)
    _add_uninstall(commands)
    _add_doctor(commands)
    _add_build(commands)
    _add_bundle(commands)
    return parser


_Commands = argparse._SubParsersAction  # the type has no public name


def _add(
    commands: _Commands[argparse.ArgumentParser], name: str, text: str
) -> argparse.ArgumentParser:
    return commands.add_parser(
        name,
        help=text,
        description=text,
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def _add_book(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("book", metavar="自评表", type=Path, help="填好的自评表（.xlsx 或 .xlsm）")
    parser.add_argument(
        "--rubric", metavar="标准", help="自己的评分标准文件（.toml）；不写则用自评表里写明的标准"
    )


def _add_fill(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _add(commands, "fill", "评分并写回自评表；人写的文字和其他内容一概不动")
    _add_book(parser)
    parser.add_argument(
        "-o", "--output", metavar="文件", type=Path, help="写到另一个文件，原文件不动"
    )
    parser.add_argument("--json", action="store_true", help="结果以 JSON 输出（UTF-8）")


def _add_score(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _add(commands, "score", "只评分、显示结果，不写任何文件")
    _add_book(parser)
    parser.add_argument("--json", action="store_true", help="结果以 JSON 输出（UTF-8）")


def _add_review(commands: _Commands[argparse.ArgumentParser]) -> None:
    text = "审核填好的表：合计、执行率、得分、原因、等级……逐条指出；本程序的表和别处的表都行"
    parser = _add(commands, "review", text)
    parser.add_argument(
        "books",
        metavar="自评表",
        type=Path,
        nargs="+",
        help="一个或几个文件（.xlsx .xlsm .xls .ods .docx）；读不了的列在最后，其余照常审核",
    )
    parser.add_argument(
        "--rubric",
        metavar="标准",
        help="按哪个评分标准审核（编号、年度或 .toml 文件）；不写则自动识别",
    )
    parser.add_argument(
        "-o", "--output", metavar="文件", type=Path, help="把审核意见写成工作簿（.xlsx）"
    )
    parser.add_argument("--json", action="store_true", help="结果以 JSON 输出（UTF-8）")


def _add_adopt(commands: _Commands[argparse.ArgumentParser]) -> None:
    text = "给别处的自评表评分：得分、原因、总分、等级写进它自己的格里；先只显示要写什么"
    parser = _add(commands, "adopt", text)
    parser.add_argument("book", metavar="自评表", type=Path, help="别处的自评表（.xlsx 或 .xlsm）")
    parser.add_argument(
        "--rubric",
        metavar="标准",
        help="按哪个评分标准（编号、年度或 .toml 文件）；不写则自动识别",
    )
    parser.add_argument("--write", action="store_true", help="写入原文件（先备份）")
    parser.add_argument(
        "-o", "--output", metavar="文件", type=Path, help="写到另一个文件，原文件不动"
    )


def _add_explain(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _add(commands, "explain", "说明某一项怎么得的分：数据、算式、所在档次、标准原文")
    _add_book(parser)
    parser.add_argument("indicator", metavar="指标", help="指标的序号或名称，如 5 或 结转结余率")


def _add_report(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _add(commands, "report", "由填好的自评表生成 Word 报告，没有写的部分标出〔待补充〕")
    _add_book(parser)
    parser.add_argument(
        "-o",
        "--output",
        metavar="文件",
        type=Path,
        help="报告写到这个 .docx 文件（默认放在自评表旁边；已有的先备份）",
    )
    parser.add_argument("--pdf", action="store_true", help="另外生成 PDF（需要装有 LibreOffice）")
    parser.add_argument(
        "--template", metavar="模板", type=Path, help="用自己改过样式的 Word 模板（.docx）"
    )


def _add_batch(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _add(commands, "batch", "给文件夹里所有的表评分、审核，汇总成排名、问题清单和统计")
    parser.add_argument(
        "folder", metavar="文件夹", type=Path, help="放各单位文件的文件夹，包括其中的文件夹"
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="文件",
        type=Path,
        default=Path("汇总.xlsx"),
        help="汇总工作簿（默认 %(default)s）",
    )
    parser.add_argument("--html", metavar="文件", type=Path, help="另写一份用浏览器看的网页")
    parser.add_argument(
        "--rubric", metavar="标准", help="评分标准的编号、年度或 .toml 文件；不写则按各表所写的标准"
    )
    parser.add_argument(
        "--workers",
        metavar="个数",
        type=_worker_count,
        default=1,
        help="同时用几个进程（默认 %(default)s；两千个文件以上才值得）",
    )
    parser.add_argument("--scheduler", metavar="地址", help="用 dask 集群，如 tcp://10.0.0.1:8786")


def _worker_count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= _MOST_WORKERS:
        raise argparse.ArgumentTypeError(f"应为 1 至 {_MOST_WORKERS} 的整数，现为“{text}”")
    return int(text)


def _add_new(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _add(commands, "new", "在新文件夹里放一份空白自评表和设置文件")
    parser.add_argument("folder", metavar="文件夹", type=Path, help="要新建的文件夹")
    parser.add_argument(
        "--rubric",
        metavar="标准",
        help="评分标准的编号、年度或 .toml 文件；不写则为部门整体支出的标准",
    )


def _add_demo(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _add(commands, "demo", "用一个真实案例演示：生成自评表、评分、显示结果")
    parser.add_argument(
        "folder",
        metavar="文件夹",
        type=Path,
        nargs="?",
        default=Path("jixiao-demo"),
        help="放演示文件的文件夹（默认 %(default)s）",
    )


def _add_rubrics(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _add(commands, "rubrics", "列出现有的评分标准")
    parser.add_argument(
        "rubric", metavar="标准", nargs="?", help="只看这一个：编号、年度或 .toml 文件"
    )


def _add_install(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _add(commands, "install", "装到 Excel：加载项、设置和自评表模板（不需要管理员权限）")
    parser.add_argument(
        "--templates",
        metavar="文件夹",
        type=Path,
        help="放自评表模板的文件夹（默认“文档”里的“绩效自评”）；已有的文件绝不覆盖",
    )
    parser.add_argument(
        "--calc", action="store_true", help="也装 LibreOffice 的扩展（Linux 桌面用）"
    )
    _add_rehearsal(parser)


def _add_uninstall(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _add(commands, "uninstall", "删除安装时写的文件；您的自评表和改过的文件保留")
    _add_rehearsal(parser)


def _add_rehearsal(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="只说要做什么，不动任何文件")


def _add_doctor(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _add(commands, "doctor", "检查安装：哪里不对，怎么办；有错误时退出码为 1")
    parser.add_argument("--json", action="store_true", help="结果以 JSON 输出（UTF-8）")


def _add_build(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _add(
        commands, "build", "（维护人员用）按评分标准重新生成模板、加载项、函数模块和手册网页"
    )
    parser.add_argument(
        "folder",
        metavar="文件夹",
        type=Path,
        nargs="?",
        default=Path(),
        help="仓库所在的文件夹（默认为当前文件夹）",
    )


def _add_bundle(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _add(commands, "bundle", "（维护人员用）制作离线安装包，给不能上网的 Windows 电脑")
    parser.add_argument("folder", metavar="文件夹", type=Path, help="要新建的文件夹")
    parser.add_argument(
        "--python-version",
        metavar="版本",
        action="append",
        help="只带这一版 Python 的组件，如 3.12，可写几次（默认各版都带）",
    )
    parser.add_argument(
        "--python",
        metavar="安装程序",
        type=Path,
        help="附带 python.org 的安装程序（python-3.13.1-amd64.exe 之类），给没有 Python 的电脑",
    )
    parser.add_argument(
        "--wheel", metavar="文件", type=Path, help="用做好的 jixiao-….whl，不从源码制作"
    )
