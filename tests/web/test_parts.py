"""Evidence in its text, and two texts side by side."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from accredwatch.web.differences import Part, Row, compare
from accredwatch.web.evidence import Stretch, marked
from extract.model import Evidence, Where


def test_evidence_is_marked_where_it_stands() -> None:
    text = "In all 12 came.\nOf them 5 and\n7 came."
    evidence = [
        Evidence("12", 7, 9, Where.BODY),
        Evidence("5 and\n7", 24, 31, Where.BODY),
        Evidence("7", 30, 31, Where.BODY),
    ]
    assert marked(text, [*evidence, Evidence("x", 0, 1, Where.TITLE)], Where.BODY) == (
        (Stretch("In all "), Stretch("12", (0,)), Stretch(" came.")),
        (Stretch("Of them "), Stretch("5 and", (1, 2))),
        (Stretch("7", (1, 2), goes_on=True), Stretch(" came.")),
    )
    assert marked("", [], Where.BODY) == ()


@given(st.text(alphabet=st.sampled_from("ab \n\u202e"), max_size=40), st.data())
def test_no_letter_is_lost_whatever_is_marked(text: str, data: st.DataObject) -> None:
    places = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(places, places), max_size=4))
    evidence = [Evidence("", min(a, b), max(a, b), Where.BODY) for a, b in spans if a != b]
    shown = "".join(stretch.text for line in marked(text, evidence, Where.BODY) for stretch in line)
    assert shown.replace(" ", "") == text.replace("\u202e", "").replace("\n", "").replace(" ", "")


def test_what_differs_is_marked() -> None:
    assert compare("Same.\nIn all 739 came.", "Same.\nIn all 793 came.\nMore.") == (
        Row((Part("Same."),), (Part("Same."),), same=True),
        Row(
            (Part("In all "), Part("739", differs=True), Part(" came.")),
            (Part("In all "), Part("793", differs=True), Part(" came.")),
        ),
        Row((), (Part("More.", differs=True),)),
    )
    (other,) = compare("Hares run far away.", "Nobody knows why it rained.")
    assert all(part.differs for part in (*other.old, *other.new))


def test_long_texts_are_compared_as_wholes() -> None:
    words = " ".join(f"w{n}" for n in range(2000))
    (row,) = compare(words, f"{words} more")
    assert [part.differs for part in row.old] == [True]
    lines = "\n".join(f"line {n}" for n in range(3000))
    (row,) = compare(lines, f"{lines}\nmore")
    assert (row.same, row.old[0].text) == (False, lines)
    (row,) = compare(lines, lines)
    assert (row.same, row.old[0].differs) == (True, False)


@given(st.text(alphabet="ab \n", max_size=60), st.text(alphabet="ab \n", max_size=60))
def test_both_texts_are_shown_whole(old: str, new: str) -> None:
    rows = compare(old, new)
    for text, shown in ((old, [row.old for row in rows]), (new, [row.new for row in rows])):
        kept = "".join(part.text for parts in shown for part in parts)
        assert kept == text.replace("\n", "")
