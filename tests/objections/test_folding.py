"""Texts normalized by the thousand are what `normalize` makes of each."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from objections.folding import encode, normalize_all
from objections.phrases import Phrase
from objections.text import normalize

ANY = st.text(st.characters(exclude_categories=()), max_size=40)
MIXED = st.text(
    st.sampled_from("аАбеёЁйоо ееxcpT_1ééи\u0306\u0301…№ﷺ㍿\u200b\u00ad\t\n\x00😀\U00020000"), max_size=40
)


def _decode(texts: list[str]) -> list[str]:
    codes, ends = normalize_all(texts)
    return [
        codes[ends[number] : ends[number + 1]].tobytes().decode("utf-32-le", "surrogatepass")
        for number in range(len(texts))
    ]


@settings(max_examples=300)
@given(st.lists(st.one_of(ANY, MIXED), max_size=5))
@example(["", "e\u0301", "", "и\u0306 Й"])
@example(["\u0301 а", "а \u0301 б", "\ud800"])
def test_each_text_is_normalized(texts: list[str]) -> None:
    """Rare characters among plain ones, nothing among something."""
    assert _decode(texts) == [normalize(text) for text in texts]


def test_every_code_point_is_normalized() -> None:
    """Each between two letters: what the tables say and what they leave out."""
    texts = [f"а{chr(code)}б" for code in range(0x110000)]
    assert _decode(texts) == [normalize(text) for text in texts]


def test_shipped_lines_are_normalized(shipped_phrases: list[Phrase]) -> None:
    """All of them at once."""
    texts = [phrase.text for phrase in shipped_phrases]
    assert _decode(texts) == [normalize(text) for text in texts]


def test_code_points_of_no_texts() -> None:
    """An empty batch has one offset."""
    codes, offsets = encode([])
    assert (len(codes), offsets.tolist()) == (0, [0])
