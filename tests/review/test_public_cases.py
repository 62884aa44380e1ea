"""Tables that units published give the findings that they hold, and clean ones none."""

from __future__ import annotations

import pytest

from jixiao.review.case import Case
from jixiao.review.recognising import recognised_rubric
from jixiao.review.table import findings_of
from review.made_forms import PROJECT, made_form
from review.public_cases import (
    CHANGJIANG,
    DAYING,
    HUANGGANG,
    LIANGPING,
    MINGZHONG,
    PUBLISHED,
    PUTUO_SPORTS,
    XUANCHENG,
    Published,
)


@pytest.mark.parametrize("published", PUBLISHED, ids=lambda published: published.source_url)
def test_published_table_has_these_findings_and_no_others(published: Published) -> None:
    form = made_form(published.made)
    found = findings_of(Case(form, recognised_rubric(form)))
    assert tuple((finding.code, finding.row) for finding in found) == published.expected


@pytest.mark.parametrize(
    ("published", "rubric_id"),
    [
        (MINGZHONG, "mof-project"),  # all three blocks, the points shared out otherwise
        (PUTUO_SPORTS, "mof-project"),
        (HUANGGANG, "mof-project-20-80"),
        (CHANGJIANG, "mof-project-20-80"),
        (DAYING, "mof-project-10-90"),
        (XUANCHENG, "mof-project"),  # an excerpt
    ],
    ids=lambda item: item if isinstance(item, str) else "",
)
def test_projects_are_recognised_by_their_blocks(published: Published, rubric_id: str) -> None:
    rubric = recognised_rubric(made_form(published.made))
    assert rubric is not None
    assert rubric.id == rubric_id


def test_a_form_without_rows_has_no_standard() -> None:
    assert recognised_rubric(made_form(LIANGPING.made)) is None


def test_actual_percentage_multiplied_by_points_is_explained() -> None:
    form = made_form(HUANGGANG.made)
    (finding,) = (f for f in findings_of(Case(form, PROJECT)) if f.code == "E7")
    assert (finding.found, finding.expected) == ("19.6", "20")
    assert "像是用实际值98%直接乘分值" in finding.message
