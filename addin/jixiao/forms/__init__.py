"""Reading any department's evaluation table: what stands in the file, with the place of it.

Start at `read_forms`.
"""

from __future__ import annotations

from jixiao.forms.errors import FormError
from jixiao.forms.form import (
    BlockHeading,
    Column,
    Form,
    FormRow,
    Found,
    GradeBox,
    MoneyColumn,
    MoneyLine,
    Place,
    Quantity,
    Subject,
)
from jixiao.forms.quantities import number_of, quantity
from jixiao.forms.reading import read_forms

__all__ = [
    "BlockHeading",
    "Column",
    "Form",
    "FormError",
    "FormRow",
    "Found",
    "GradeBox",
    "MoneyColumn",
    "MoneyLine",
    "Place",
    "Quantity",
    "Subject",
    "number_of",
    "quantity",
    "read_forms",
]
