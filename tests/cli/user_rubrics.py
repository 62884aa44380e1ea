"""Standards of a user's own: the shipped one with a few passages changed."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from jixiao.scoring import DEFAULT_RUBRIC

OWN_ID = "benju-2024"
SHIPPED = (resources.files("jixiao") / "rubrics" / f"{DEFAULT_RUBRIC}.toml").read_text("utf-8")

# The upper end of the best tier of 结转结余率 goes from 10% to 3%: the seed's 3.79% drops a tier.
STRICTER = (
    ('"[0%, 10%]"', '"[0%, 3%]"'),
    ('"(10%, 20%]"', '"(3%, 20%]"'),
)
_NAMED = (
    ('id = "panyu-department-2023"', f'id = "{OWN_ID}"'),
    ('file = "部门整体支出绩效自评表-2023"', 'file = "本局自评表"'),
)


def own_rubric(folder: Path, *, named: bool = True) -> Path:
    """A stricter standard in a file, under an id of its own or under that of the shipped one."""
    return written(folder, *STRICTER, *(_NAMED if named else ()))


def written(folder: Path, *edits: tuple[str, str]) -> Path:
    """The shipped standard with each first passage replaced by its second, in a file."""
    text = SHIPPED
    for old, new in edits:
        assert old in text, f"the standard has no {old}"
        text = text.replace(old, new, 1)
    path = folder / "本局.toml"
    path.write_text(text, "utf-8")
    return path
