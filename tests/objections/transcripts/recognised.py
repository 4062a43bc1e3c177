"""Golden files of recognisers, ways to damage them, and what every reader of them must hold."""

import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from hypothesis import strategies as st

from objections.document import Document
from objections.line import Line
from objections.transcripts import salute, speechkit, speechsense, whisper
from objections.transcripts.format import Format

FILES: Final = Path(__file__).with_name("files")
NAME: Final = "звонок.json"
FORMATS: Final = (*whisper.FORMATS, *speechkit.FORMATS, *speechsense.FORMATS, *salute.FORMATS)

GOLDEN: Final = {
    "whisper.json": "whisper-json",
    "whisper_several.json": "whisper-json",
    "whisper_verbose.json": "whisper-json",
    "whisperx.json": "whisperx-json",
    "whisperx_words.json": "whisperx-json",
    "whisperx_unaligned.json": "whisperx-json",
    "faster_whisper.json": "faster-whisper",
    "faster_whisper_lines.jsonl": "faster-whisper",
    "faster_whisper_tuples.json": "faster-whisper",
    "faster_whisper_tuple_lines.jsonl": "faster-whisper",
    "faster_whisper_oldest.json": "faster-whisper",
    "whisper_tabs.tsv": "whisper-tsv",
    "whisper_tabs_windows.tsv": "whisper-tsv",
    "speechkit_v2.json": "speechkit-v2",
    "speechkit_v2_bare.json": "speechkit-v2",
    "speechkit_v3.jsonl": "speechkit-v3",
    "speechkit_v3_bare.jsonl": "speechkit-v3",
    "speechkit_v3_python.json": "speechkit-v3",
    "speechsense_talk.json": "speechsense-talk",
    "speechsense_chat.json": "speechsense-chat",
    "speechsense_chat_metadata.json": "speechsense-chat",
    "salutespeech.json": "salutespeech",
    "salutespeech_separated.json": "salutespeech",
    "salutespeech_lines.jsonl": "salutespeech",
}
"""Golden files with the format of each."""

FOREIGN: Final = {
    "MANGO OFFICE": '{"result":1000,"data":[{"recording_id":"MTo","names":{"client":"Клиент","operator":'
    '"Сотрудник"},"phrases":[["client","Дорого"]]}]}',
    "Битрикс24, written": '{"CALL_ID":"x","MESSAGES":[{"SIDE":"Client","START_TIME":1,"STOP_TIME":3,'
    '"MESSAGE":"Дорого"}]}',
    "Битрикс24, read": '{"transcription":{"language":"ru","segments":[{"userId":1,"userName":"Иван",'
    '"start":"00:00:01","end":"00:00:03","text":"Дорого"}]}}',
    "Битрикс24, its transcription alone": '{"language":"ru","segments":[{"userId":1,"userName":"Иван",'
    '"start":"00:00:01","end":"00:00:03","text":"Дорого"}]}',
    "Gong": '{"callTranscripts":[{"callId":"1","transcript":[{"speakerId":"9","topic":"Pricing",'
    '"sentences":[{"start":1200,"end":2900,"text":"Дорого."}]}]}]}',
    "Fireflies": '{"sentences":[{"index":0,"speaker_name":"Клиент","text":"Дорого.","start_time":1.2,'
    '"end_time":2.9}]}',
    "Label Studio": '[{"id":1,"data":{"text":"Дорого"},"annotations":[{"result":[{"from_name":"label",'
    '"to_name":"text","type":"choices","value":{"choices":["цена"]}}],"was_cancelled":false}]}]',
    "records": '[{"text":"Дорого","speaker":"Клиент"}]',
    "records with times": '[{"text":"Дорого","speaker":"Клиент","start":1.2,"end":2.9}]',
    "records, line by line": '{"text":"Дорого","speaker":"Клиент","start":1.2,"end":2.9}\n{"text":"Да"}\n',
    "answers of this service": '{"results":[{"category":"цена","confidence":0.9}],"model":"m"}',
    "a chat of a model": '{"messages":[{"role":"user","content":"Дорого"}]}',
    "a table": "Дата;Спикер;Текст\n01.02.2026;Клиент;Дорого\n",
    "a table with tabs": "id\tstart\tend\ttext\n1\t0\t100\tДорого\n",
    "subtitles": "1\n00:00:01,200 --> 00:00:02,900\nДорого.\n",
    "nothing": "",
    "a number": "5",
    "null": "null",
    "empty array": "[]",
    "empty object": "{}",
}
"""What is no recogniser's: none of its readers may take it."""

JSON: Final[st.SearchStrategy[Any]] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["text", "start", "segments", "result", "results", "chunks", "final", "talk"])
            | st.text(max_size=3),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


def open_document(content: bytes | str, name: str = NAME) -> Document:
    """A document with this content."""
    return Document(io.BytesIO(content.encode() if isinstance(content, str) else content), name)


def open_values(*values: Any) -> Document:
    """A document with these JSON values, one to a line."""
    return open_document("\n".join(map(json.dumps, values)))


def find(name: str) -> Format:
    """The format of this name."""
    return next(known for known in FORMATS if known.name == name)


def read(name: str, *values: Any) -> list[Line]:
    """The lines of a file of the named format that holds these JSON values."""
    return list(find(name).read(open_values(*values)))


def tell(document: Document) -> list[str]:
    """The names of all formats that take a document for theirs."""
    return [known.name for known in FORMATS if known.recognizes(document)]


def golden(formats: Sequence[Format]) -> list[str]:
    """The golden files of these formats."""
    names = {known.name for known in formats}
    return [file for file, name in GOLDEN.items() if name in names]


def check_golden(file: str) -> None:
    """A golden file is taken by its format alone, and gives the lines written beside it."""
    content = (FILES / file).read_bytes()
    expected = json.loads((FILES / file).with_suffix(".expected.json").read_text(encoding="utf-8"))
    lines = find(GOLDEN[file]).read(open_document(content))
    assert [[line.start, line.end, line.speaker, line.call_id, line.text] for line in lines] == expected
    assert tell(open_document(content)) == [GOLDEN[file]]
