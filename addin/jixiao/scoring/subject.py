"""What a table evaluates: a department as a whole, or one project."""

from __future__ import annotations

from enum import StrEnum


class Subject(StrEnum):
    """What the table evaluates."""

    DEPARTMENT = "部门整体支出"
    PROJECT = "项目支出"

    @property
    def companion_table(self) -> str:
        """What people call the table of performance indicators, which is also its sheet's name."""
        return _COMPANION_TABLES[self]


_COMPANION_TABLES = {Subject.DEPARTMENT: "指标完成情况表", Subject.PROJECT: "指标表"}
