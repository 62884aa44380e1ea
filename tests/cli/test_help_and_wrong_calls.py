"""Help and the messages for wrong calls: Chinese throughout, exit codes 0 and 2."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.process import english_in, spawn
from conftest import Command
from jixiao import __version__

COMMANDS = {
    "batch": ("文件夹", "--output", "--html", "--rubric", "--workers", "--scheduler"),
    "fill": ("自评表", "--rubric", "--output", "--json"),
    "score": ("自评表", "--rubric", "--json"),
    "review": ("自评表", "--rubric", "--output", "--json"),
    "adopt": ("自评表", "--rubric", "--write", "--output"),
    "explain": ("自评表", "指标", "--rubric"),
    "report": ("自评表", "--output", "--pdf", "--template", "--rubric"),
    "new": ("文件夹", "--rubric"),
    "demo": ("文件夹", "jixiao-demo"),
    "rubrics": ("标准",),
    "build": ("文件夹",),
    "bundle": ("文件夹", "--python-version", "--python", "--wheel"),
}


def test_help_of_the_program_lists_every_command(jixiao: Command) -> None:
    ran = jixiao("--help")
    assert (ran.code, ran.err) == (0, "")
    for command in COMMANDS:
        assert f"\n    {command} " in ran.out
    assert "退出码" in ran.out
    assert english_in(ran.out) == []


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command_names_its_arguments(jixiao: Command, command: str) -> None:
    ran = jixiao(command, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"用法：jixiao {command}")
    for words in (*COMMANDS[command], "退出码", "显示帮助后退出"):
        assert words in ran.out
    assert english_in(ran.out) == []


@pytest.mark.parametrize("columns", ["40", "80", "200"])
def test_help_is_readable_at_any_width(
    jixiao: Command, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    for arguments in ([], *([command] for command in COMMANDS)):
        ran = jixiao(*arguments, "-h")
        assert ran.code == 0
        assert english_in(ran.out) == []


def test_help_as_a_process(tmp_path: Path) -> None:
    ran = spawn("--help", cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert english_in(ran.out) == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_help_on_a_console_that_lacks_some_signs(tmp_path: Path, encoding: str) -> None:
    ran = spawn("fill", "--help", cwd=tmp_path, env={"PYTHONIOENCODING": encoding})
    assert (ran.code, ran.raw_err) == (0, b"")
    assert "--json" in ran.raw_out.decode(encoding)


def test_version(jixiao: Command) -> None:
    ran = jixiao("--version")
    assert (ran.code, ran.out, ran.err) == (0, f"jixiao {__version__}\n", "")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "缺少参数：命令"),
        (["填"], "没有“填”"),
        (["Fill", "表.xlsx"], "没有“Fill”"),
        (["fill"], "缺少参数：自评表"),
        (["score"], "缺少参数：自评表"),
        (["explain", "表.xlsx"], "缺少参数：指标"),
        (["explain"], "缺少参数：自评表"),
        (["new"], "缺少参数：文件夹"),
        (["fill", "表.xlsx", "二.xlsx"], "不认识的参数：二.xlsx"),
        (["score", "表.xlsx", "-o", "二.xlsx"], "不认识的参数：-o 二.xlsx"),
        (["fill", "表.xlsx", "--格式"], "不认识的参数：--格式"),
        (["fill", "表.xlsx", "-o"], "后面应有一个值"),
        (["fill", "表.xlsx", "--rubric"], "后面应有一个值"),
        (["fill", "表.xlsx", "--json=是"], "后面不应有值"),
        (["rubrics", "一", "二"], "不认识的参数：二"),
        (["demo", "一", "二"], "不认识的参数：二"),
        (["build", "一", "二"], "不认识的参数：二"),
        (["--=x"], "不明确"),
        (["-x"], "缺少参数：命令"),
        (["--version=1"], "后面不应有值"),
    ],
    ids=" ".join,
)
def test_wrong_call_is_told_in_chinese(
    jixiao: Command,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = jixiao(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err
    assert "用法：jixiao" in ran.err
    assert english_in(ran.err, "Fill") == []
    assert list(tmp_path.iterdir()) == []
