"""Other ways to read the words of a line, tried instead of plain ones: negation marked, numbers as classes.

Both take a normalized text and give its words, as `objections.text.words` does.
"""

import re
from typing import Final

from objections.text import normalize, words

NEGATIONS: Final = frozenset({"не", "нет", "ни", "без"})
MARK: Final = "не_"
NUMBER: Final = "<число>"
MONEY: Final = "<деньги>"

_PIECE: Final = re.compile(r"\w+|[,.;:!?()—–]")
# Without «один», which is seldom a number in a call, and «семью», which is a family too.
_NUMBER_WORDS: Final = frozenset(
    words(
        normalize("""
    два две двух двум двумя три трех трем тремя четыре четырех четырем четырьмя пять пяти пятью шесть шести
    шестью семь семи восемь восьми восемью девять девяти девятью десять десяти десятью одиннадцать
    одиннадцати двенадцать двенадцати тринадцать тринадцати четырнадцать четырнадцати пятнадцать
    пятнадцати шестнадцать шестнадцати семнадцать семнадцати восемнадцать восемнадцати девятнадцать
    девятнадцати двадцать двадцати тридцать тридцати сорок сорока пятьдесят пятидесяти шестьдесят
    шестидесяти семьдесят семидесяти восемьдесят восьмидесяти девяносто девяноста сто ста двести двухсот
    триста трехсот четыреста четырехсот пятьсот пятисот шестьсот шестисот семьсот семисот восемьсот
    восьмисот девятьсот девятисот полтора полторы полутора полтораста
    """)
    )
)
_MONEY: Final = re.compile(
    r"\d*(?:р|руб(?:л\w*|чик\w*)?|тыс(?:яч\w*)?|тыщ\w*|косар\w*|милион(?!ер)\w*|млн|лям(?:а|у|ы|ов)?"
    r"|копе[йе]\w*|долар\w*|евро|тенге)|\d+[кт]"
)


def mark_negation(text: str, reach: int) -> list[str]:
    """Mark the next words after a negation, up to the end of its clause.

    Parameters
    ----------
    text : str
    reach : int
        How many words are marked at most.

    Examples
    --------
    >>> mark_negation("не очень удобно мне, беру без скидки", 2)
    ['не', 'не_очень', 'не_удобно', 'мне', 'беру', 'без', 'не_скидки']
    """
    marked, left = [], 0
    for piece in _PIECE.findall(text):
        if piece in NEGATIONS:
            left = reach
            marked.append(piece)
        elif words(piece):
            marked.append(MARK + piece if left > 0 else piece)
            left -= 1
        else:
            left = 0
    return marked


def class_numbers(text: str) -> list[str]:
    """Write each number as one word, whatever it is, and each word of money as another.

    Examples
    --------
    >>> class_numbers("за двадцать пять тысяч не возьму, нашли по 15р")
    ['за', '<число>', '<деньги>', 'не', 'возьму', 'нашли', 'по', '<число>', '<деньги>']
    """
    classed: list[str] = []
    for word in words(text):
        classes = _class_word(word)
        classed += classes[1:] if classes[0] == NUMBER and classed[-1:] == [NUMBER] else classes
    return classed


def _class_word(word: str) -> list[str]:
    """Give the classes of a word, two of «15р»; the word itself where it has none."""
    if word.isdecimal() or word in _NUMBER_WORDS:
        return [NUMBER]
    if _MONEY.fullmatch(word):
        return [NUMBER, MONEY] if word[0].isdecimal() else [MONEY]
    return [word]
