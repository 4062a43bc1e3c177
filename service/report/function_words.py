"""Russian words that carry no meaning alone, as `objections.text.normalize` writes them."""

from typing import Final

from objections.text import normalize


def _read(words: str) -> frozenset[str]:
    return frozenset(map(normalize, words.split()))


NEVER_LAST: Final = _read(
    """
    без в во для до за из изо к ко между на над о об обо около от ото перед по под при про ради с со
    среди у через а и или либо но да что чтобы чтоб если когда как пока хотя раз потому поэтому
    не ни ну то же бы ли уж очень слишком самый самая самое мой моя мои моего ваш ваша ваши вашего вашей
    вашу наш наша наши нашего нашей этот эта эти этой этого эту какой какая какие какую
    """
)
"""Words after which a phrase is not finished: prepositions, conjunctions, particles, determiners."""

NEVER_FIRST: Final = _read("и а но или либо да что чтобы чтоб же бы ли то ведь вот ну уж поэтому потому")
"""Words that tie a phrase to what stands before it."""

FUNCTION_WORDS: Final = (
    NEVER_LAST
    | NEVER_FIRST
    | _read(
        """
        я мы ты вы он она оно они меня мне мной нас нам нами тебя тебе вас вам вами его ему ей ее им них
        нему ней ним нею себя себе собой кто кого кому кем чего чему чем это эта тот та те того тому тем
        так там тут здесь сюда туда тогда такой такая такое такие свой своя свои свою своего весь все всю
        всего всех всем всеми еще уже только лишь даже просто вообще тоже также именно вроде как-то
        что-то какой-то где-то когда-то кто-то чего-то будто есть быть был была было были буду будет
        будем будут сам сама сами где куда откуда почему зачем сколько столько ага угу ой эм мм э
        """
    )
)
"""Phrases of these words alone say nothing."""
