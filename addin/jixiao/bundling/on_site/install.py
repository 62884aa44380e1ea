"""Installs from the kit that this file lies in; `install.cmd` runs it with a fit Python.

The program gets an environment of its own in the user's profile. The Python that was found stays
as it is: it may belong to all users of the PC, or to another program, and what is in it neither
disturbs ours nor is disturbed. Removing is deleting a folder; updating is making it anew, and the
old one comes back where that fails.

Exit codes: 0 installed; 1 not installed, everything is as before; 3 installed, but the check at
the end found errors.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import traceback
import venv
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

FOLDER = ".jixiao"
ENVIRONMENT = "venv"
LOG = "install.log"
SUMS = "SHA256SUMS"
COMMAND = """\
@"%~dp0venv\\Scripts\\python.exe" -X utf8 -m jixiao %*\r
@exit /b %ERRORLEVEL%\r
"""

# Compiled files and what pip needs while it works come on top of what the wheels unpack to.
_SPACE_FACTOR = 2
_RUN_MODULE = (
    "import runpy, sys; sys.path.insert(0, sys.argv.pop(1));"
    "runpy.run_module('pip', run_name='__main__', alter_sys=True)"
)


class Failure(Exception):  # noqa: N818  # said to the user, no fault of the program
    """Why it cannot be installed, and what to do, in Chinese."""


@dataclass(frozen=True, slots=True)
class Kit:
    """The folder that was copied from the stick."""

    top: Path

    @property
    def program(self) -> Path:
        """What installing needs; the rest of the kit is for reading."""
        return self.top / "program"

    @property
    def wheels(self) -> Path:
        """The packages for all versions of Python."""
        return self.program / "wheels"

    @property
    def packages(self) -> Path:
        """The list of packages for the Python that runs this."""
        return self.program / "requirements-{}.{}.txt".format(*sys.version_info)

    def pins(self) -> list[tuple[str, str]]:
        """The names and versions in that list."""
        lines = self.packages.read_text("ascii").split()
        return [(name, version) for name, _, version in (line.partition("==") for line in lines)]

    def wheel_of(self, name: str, version: str) -> Path:
        """A file of one package; where there are several, for other Pythons, they are alike."""
        stem = f"{name.replace('-', '_')}-{version}-"
        for path in sorted(self.wheels.iterdir()):
            if path.name.lower().startswith(stem):
                return path
        raise Failure(f"离线安装包里缺少 {name} {version}。{COPY_AGAIN}")


COPY_AGAIN = "请重新拷贝整个离线安装包文件夹（压缩包要先完整解压），再双击 install.cmd"
CLOSE_EXCEL = "请关闭所有 Excel 窗口，再双击 install.cmd"


class Log:
    """What the user sees, and a file that also has what only an engineer wants to see."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def say(self, text: str) -> None:
        """Tell the user."""
        print(text, flush=True)
        self.note(text)

    def note(self, text: str) -> None:
        """Write to the file alone."""
        self._file.write(f"{text}\n")
        self._file.flush()


def main(kit: Kit, home: Path) -> int:
    """Install for the user whose profile this is; gives the exit code."""
    folder = home / FOLDER
    try:
        folder.mkdir(exist_ok=True)
        # The byte order mark is for Notepad.
        file = (folder / LOG).open("w", encoding="utf-8-sig")
    except OSError as error:
        print(f"没有装上：文件夹“{folder}”写不了（{error}）。请检查磁盘空间和权限。")
        return 1
    with file:
        log = Log(file)
        log.note(f"{sys.version}\n{sys.executable}\n{kit.top}")
        try:
            return _install(kit, folder, log)
        except Failure as failure:
            log.say(f"\n没有装上：{failure}")
        except Exception as error:
            log.note(traceback.format_exc())
            log.say(f"\n没有装上，程序出错：{error}")
        log.say(f"过程记录在：{folder / LOG}（要人帮忙时，把这个文件发给管理员）")
        return 1


def _install(kit: Kit, folder: Path, log: Log) -> int:
    log.say(f"用这个 Python 安装：{sys.executable}（{sys.version.split()[0]}）")
    log.say("[1/4] 核对安装包是否完整")
    verify(kit)
    refuse_open_addin()
    refuse_full_disk(kit, folder)
    environment = folder / ENVIRONMENT
    with replaced(environment):
        log.say(f"[2/4] 安装程序到 {environment}（要几分钟，请勿关闭窗口）")
        make_environment(kit, environment, log)
        (folder / "jixiao.cmd").write_bytes(COMMAND.encode("ascii"))
        log.say("[3/4] 装到 Excel")
        if run_own(environment, "install", log=log) != 0:
            raise Failure("装到 Excel 这一步没有完成，原因见上面")
    log.say("[4/4] 检查")
    errors = run_own(environment, "doctor", log=log)
    log.say(f"\n在命令窗口里使用：{folder / 'jixiao'} fill 自评表.xlsx")
    log.say(f"过程记录在：{folder / LOG}")
    if errors:
        log.say("已经装好，但检查出错误：请照上面的“怎么办”处理；其中说要用 pip 重装的，")
        log.say("再双击一次 install.cmd 就是；python -m jixiao 写成上面那个 jixiao。")
        return 3
    log.say("安装完成。")
    return 0


def verify(kit: Kit) -> None:
    """Failure where a file that will be installed is not the one that was packed."""
    try:
        lines = (kit.top / SUMS).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Failure(f"离线安装包里没有完好的 {SUMS}。{COPY_AGAIN}") from error
    listed = {name: sum_ for sum_, _, name in (line.partition(" *") for line in lines)}
    used = {name: sum_ for name, sum_ in listed.items() if name.startswith("program/")}
    bad = [name for name, sum_ in used.items() if digest(kit.top / name) != sum_]
    if bad or not used:
        raise Failure(f"离线安装包不完整或已损坏：{'、'.join(bad) or SUMS}。{COPY_AGAIN}")
    if not kit.packages.is_file():
        raise Failure("这个离线安装包没有这一版 Python 要用的文件，请看“先看这里.txt”")


def digest(path: Path) -> str | None:
    """The SHA-256 of a file; None where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def refuse_open_addin() -> None:
    """Failure where Excel has our add-in open, before minutes are spent."""
    roaming = os.environ.get("APPDATA")
    addin = Path(roaming or "", "Microsoft", "Excel", "XLSTART", "jixiao.xlam")
    if not addin.is_file():
        return
    try:
        with addin.open("r+b"):
            pass
    except OSError as error:
        raise Failure(f"Excel 正开着。{CLOSE_EXCEL}") from error


def refuse_full_disk(kit: Kit, folder: Path) -> None:
    """Failure where the packages would not fit."""
    needed = _SPACE_FACTOR * sum(unpacked(kit.wheel_of(*pin)) for pin in kit.pins())
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise Failure(
            f"磁盘空间不够：{folder} 所在的盘要有 {needed >> 20} MB，现有 {free >> 20} MB。"
            "请清理后再试"
        )


def unpacked(wheel: Path) -> int:
    """The bytes that a package takes on disk."""
    with zipfile.ZipFile(wheel) as archive:
        return sum(entry.file_size for entry in archive.infolist())


@contextlib.contextmanager
def replaced(environment: Path) -> Iterator[None]:
    """Put an older environment aside; bring it back if the new one fails."""
    old = environment.with_name(f"{environment.name}-old")
    try:
        if old.exists() and environment.exists():
            shutil.rmtree(environment)  # left half made when the PC was switched off
        if environment.exists():
            environment.rename(old)
    except OSError as error:
        raise Failure(f"程序正在使用（{environment}）。{CLOSE_EXCEL}") from error
    try:
        yield
    except BaseException:
        shutil.rmtree(environment, ignore_errors=True)
        if old.exists():
            old.rename(environment)
        raise
    shutil.rmtree(old, ignore_errors=True)


def make_environment(kit: Kit, environment: Path, log: Log) -> None:
    """An environment with all packages, from the kit alone; Failure where pip cannot."""
    venv.EnvBuilder(symlinks=os.name != "nt").create(environment)
    python = interpreter(environment)
    pip = dict(kit.pins())["pip"]
    installing = [
        *(str(python), "-I", "-X", "utf8", "-c", _RUN_MODULE, str(kit.wheel_of("pip", pip))),
        *("install", "--no-index", "--find-links", str(kit.wheels), "--only-binary=:all:"),
        *("--no-deps", "--no-input", "--no-color", "--progress-bar=off"),
        *("--disable-pip-version-check", "--no-warn-script-location"),
        *("-r", str(kit.packages)),
    ]
    checking = [str(python), "-I", "-X", "utf8", "-m", "pip", "check"]
    for command in (installing, checking):
        if run(command, log.note) != 0:
            raise Failure(
                "程序的组件没有装好。若安全软件有提示，请允许后再双击 install.cmd；"
                "仍不行，请把下面的记录发给管理员"
            )


def run_own(environment: Path, command: str, *, log: Log) -> int:
    """Run one command of the program that was installed, for the user to read."""
    python = str(interpreter(environment))
    return run([python, "-I", "-u", "-X", "utf8", "-m", "jixiao", command], log.say)


def interpreter(environment: Path) -> Path:
    """The Python of an environment."""
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def run(command: Sequence[str], tell: Callable[[str], None]) -> int:
    """Run a program, hand over each line that it prints, and give its exit code."""
    with subprocess.Popen(
        command,
        env=surroundings(os.environ),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            tell(line.rstrip("\n"))
    return process.returncode


def surroundings(variables: Mapping[str, str]) -> dict[str, str]:
    """The variables without what a person or a policy has set for another Python or for pip."""
    kept = {
        name: value
        for name, value in variables.items()
        if not name.upper().startswith(("PYTHON", "PIP_"))
    }
    return {**kept, "PIP_CONFIG_FILE": os.devnull}


if __name__ == "__main__":
    sys.exit(main(Kit(Path(__file__).absolute().parents[1]), Path(os.environ["USERPROFILE"])))
