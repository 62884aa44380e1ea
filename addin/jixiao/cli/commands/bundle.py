"""``jixiao bundle``: the offline kit for Windows PCs without internet."""

from __future__ import annotations

import argparse

from jixiao.bundling.errors import BundlingError


def run(options: argparse.Namespace) -> None:
    """Make the kit and say how large it is."""
    try:
        from jixiao.bundling.kit import Ingredients, make_kit  # noqa: PLC0415
        from jixiao.bundling.windows_pythons import VERSIONS  # noqa: PLC0415
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        advice = f"缺少 {missing}，请运行 python -m pip install {missing}"
        raise BundlingError(advice) from error

    versions = tuple(dict.fromkeys(options.python_version or VERSIONS))
    ingredients = Ingredients(versions, options.wheel, options.python)
    kit = make_kit(options.folder, ingredients, print)
    print(f"已生成离线安装包：{kit.folder}（{kit.files} 个文件，{kit.size / 2**20:.0f} MB）")
    print("把整个文件夹拷到没有网络的 Windows 电脑上，双击其中的 install.cmd。")
