"""From a document of a known format to the lines of its calls."""

import pytest

from objections.document import Document
from objections.errors import DataError
from objections.speaker import Names
from objections.transcripts.bitrix import FORMATS
from objections.transcripts.catalogue import find_format, read_transcript, tell_format
from objections.transcripts.cleaning import Dropped
from tests.objections.transcripts import recognised, test_any_input, texts
from tests.objections.transcripts.golden import FILES, document

_, READ = FORMATS


def _call(*lines: tuple[str | None, str]) -> dict[str, object]:
    return {"transcription": {"segments": [{"userName": name, "text": text} for name, text in lines]}}


def test_lines_are_numbered_in_each_call() -> None:
    """Without those that are dropped."""
    calls = [_call(("Анна", "да"), ("Анна", ""), ("Анна", "нет")), _call(("Анна", "алло"))]
    transcript = read_transcript(document(calls), READ, Names())
    assert [(line.call_id, line.number, line.text) for line in transcript.lines] == [
        ("1", 1, "да"),
        ("1", 2, "нет"),
        ("2", 1, "алло"),
    ]
    assert transcript.dropped == Dropped(empty=1)
    assert transcript.format is READ


def test_speakers_are_roles_where_anybody_knows() -> None:
    """What the user says, then what a name tells by itself, else the name stays."""
    call = _call(("Анна", "да"), ("Клиент 2", "да"), ("Гость", "да"), (None, "да"))
    transcript = read_transcript(document(call), READ, Names.of(seller=["анна "]))
    assert [line.speaker for line in transcript.lines] == ["seller", "client", "Гость", None]


def test_a_format_that_there_is_not_is_named_with_those_there_are() -> None:
    """A typo on the command line is mended at once."""
    with pytest.raises(DataError, match=r"there is no format «wisper»; known are: "):
        find_format("wisper")


@pytest.mark.parametrize("content", ["", "дорого, подумаю", '{"a": 1}', "[1, 2]"])
def test_what_is_no_transcript_is_taken_for_a_table(content: str) -> None:
    """Which says what is wrong with it."""
    assert tell_format(document(content)).name == "table"


def _golden() -> dict[str, str]:
    of_others = {name: known for known, names in test_any_input.GOLDEN.items() for name in names}
    of_texts = {path.name: known for known, path in texts.golden_files("srt", "vtt", "zoom-vtt", "dialogue")}
    return {**recognised.GOLDEN, **of_others, **of_texts}


@pytest.mark.parametrize(("name", "known"), sorted(_golden().items()))
def test_every_golden_file_is_told_among_all_formats(name: str, known: str) -> None:
    """No reader takes a file of another's."""
    with (FILES / name).open("rb") as file:
        assert tell_format(Document(file, name)).name == known
