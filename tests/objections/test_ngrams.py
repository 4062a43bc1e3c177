"""What is counted in a text."""

from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer

from objections.ngrams import char_ngrams, stem_ngrams, word_ngrams
from objections.text import normalize, words

TEXTS = st.text(st.sampled_from("абвгдорогНЕТ ?!.,-7\n"), max_size=60)


@given(TEXTS)
def test_ngrams_are_those_of_scikit_learn(text: str) -> None:
    """Word and char_wb n-grams, with their counts, are what the reference finds."""
    text = normalize(text)
    word = CountVectorizer(ngram_range=(1, 2), tokenizer=words, token_pattern=None, lowercase=False)
    char = CountVectorizer(ngram_range=(2, 5), analyzer="char_wb", lowercase=False)
    assert [ngram for ngram, _ in word_ngrams(text, (1, 2))] == word.build_analyzer()(text)
    assert sorted(ngram for ngram, _ in char_ngrams(text, (2, 5))) == sorted(char.build_analyzer()(text))


def test_stems_pairs_edges_and_gaps() -> None:
    """Each with the words it was made of; an edge stands nowhere."""
    found = dict(stem_ngrams("не очень работает у вас"))
    assert found["работ"] == ((9, 17),)
    assert found["не очень"] == ((0, 2), (3, 8))
    assert found["< не"] == ((0, 2),)
    assert found["вас >"] == ((20, 23),)
    assert found["не…работ"] == ((0, 2), (9, 17))
    assert found["не…у"] == ((0, 2), (18, 19))
    assert "не…вас" not in found


def test_a_text_without_words_has_only_its_edges() -> None:
    """So that silence is not unknown."""
    assert list(stem_ngrams("?!")) == [("< >", ())]
