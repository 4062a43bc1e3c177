"""Files with calls over HTTP."""

import io
import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from objections.classifier import Classifier
from service.app import create_app
from service.schemas import TranscriptAnswer
from service.settings import Settings
from tests.support import ROOT

PATH = "/v1/transcripts"
CALL = """1
00:00:01,000 --> 00:00:02,000
[Менеджер]: Добрый день, удобно говорить?

2
00:00:02,500 --> 00:00:04,000
[Клиент]: Это слишком дорого.

3
00:00:05,000 --> 00:00:09,000
Продолжение следует...

4
00:01:05,000 --> 00:01:09,000
[Клиент]: Да, записывайте.
"""


def _post(http: TestClient, content: str | bytes, name: str = "call.srt", **fields: Any) -> Any:
    body = content.encode() if isinstance(content, str) else content
    return http.post(PATH, files={"file": (name, io.BytesIO(body))}, data=fields)


def test_a_call_is_answered_line_by_line(client: TestClient, small: Classifier) -> None:
    """As by themselves; the seller's lines stand among them without an answer."""
    answer = _post(client, CALL).raise_for_status().json()
    assert answer["format"] == "srt"
    assert [line["text"] for line in answer["lines"]] == [
        "Добрый день, удобно говорить?",
        "Это слишком дорого.",
        "Да, записывайте.",
    ]
    assert [line["speaker"] for line in answer["lines"]] == ["seller", "client", "client"]
    assert [line["start"] for line in answer["lines"]] == [1.0, 2.5, 65.0]
    (expected,) = small.classify(["Это слишком дорого."])
    assert [line["category"] for line in answer["lines"]][:2] == [None, expected.category]
    assert answer["lines"][1]["scores"] == expected.scores
    TranscriptAnswer.model_validate(answer)


def test_a_summary_says_what_came_of_the_call(client: TestClient) -> None:
    """How many lines, objections of which kind, where in the call, what was dropped."""
    summary = _post(client, CALL).json()["summary"]
    assert (summary["calls"], summary["lines"], summary["scored"], summary["objections"]) == (1, 3, 2, 1)
    assert (
        summary["categories"]
        == {
            "нет возражения": 1,
            "отказ": 0,
            "сомнение в качестве": 0,
            "цена": 1,
        }
        or sum(summary["categories"].values()) == 2
    )
    assert summary["objections_by_part"] == [0, 0, 0, 1, 0, 0, 0, 0, 0, 0]
    assert summary["dropped"] == {"empty": 0, "doubled": 0, "hallucinated": 1}


def test_words_that_decided_come_where_asked(client: TestClient) -> None:
    """As for one line."""
    lines = _post(client, CALL, explain="true").json()["lines"]
    assert "дорого" in lines[1]["evidence"][0]["text"]
    assert "evidence" not in _post(client, CALL).json()["lines"][1]


def test_names_settle_who_is_who(client: TestClient) -> None:
    """Where the file has nothing but names."""
    call = CALL.replace("Менеджер", "SPEAKER_00").replace("Клиент", "SPEAKER_01")
    lines = _post(client, call, seller="SPEAKER_00", client=["SPEAKER_01"]).json()["lines"]
    assert [line["speaker"] for line in lines] == ["seller", "client", "client"]


def test_a_table_is_a_call_too(client: TestClient) -> None:
    """As Excel in Russia writes it."""
    table = "Звонок;Спикер;Текст\r\n17;Менеджер;Добрый день\r\n17;Клиент;Это слишком дорого\r\n"
    answer = _post(client, table.encode("cp1251"), "выгрузка.csv").raise_for_status().json()
    assert answer["format"] == "table"
    assert [(line["call_id"], line["number"]) for line in answer["lines"]] == [("17", 1), ("17", 2)]
    assert answer["summary"]["objections"] == 1


def test_the_format_can_be_named(client: TestClient) -> None:
    """Where the content would be taken for something else."""
    answer = _post(client, "это дорого\nне интересно\n", format="text").raise_for_status().json()
    assert [line["text"] for line in answer["lines"]] == ["это дорого", "не интересно"]


SECRET = "перезвоните Марине на дачу"


@pytest.mark.parametrize(
    ("content", "fields", "said"),
    [
        (json.dumps({"segments": [{"start": 1, "end": 2, "text": SECRET}, {"start": 3}]}), {}, "segments.1"),
        (f'{{"segments": [{{"text": "{SECRET}', {}, "line 1, column"),
        (f"n,m\n1,{SECRET}\n", {}, "has no column any of text"),
        (CALL, {"format": "docx"}, "there is no format «docx»; known are: "),
        (b"\x7fELF\x00\x01\x02\x00" * 20, {}, "cannot be read"),
        ("", {}, "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_with_its_place(
    client: TestClient, content: str | bytes, fields: dict[str, str], said: str
) -> None:
    """And with none of its words."""
    answer = _post(client, content, "call.json", **fields)
    assert answer.status_code == 422
    problem = answer.json()
    assert problem["errors"][0]["where"] == "file"
    assert said in problem["detail"]
    assert SECRET not in answer.text


def test_limits_are_told(small: Classifier) -> None:
    """Too many lines, too long a line, too large a file."""
    settings = Settings(home=ROOT, max_lines=2, max_characters=40, max_upload_bytes=2048)
    with TestClient(create_app(small, settings)) as client:
        assert "holds 3 lines, more than the 2" in _post(client, CALL).json()["detail"]
        long = "Клиент: " + "очень " * 20 + "\nМенеджер: да\n"
        assert "1 lines of more than 40 characters" in _post(client, long, format="dialogue").json()["detail"]
        large = _post(client, "текст;" * 2000)
        assert large.status_code == 413
        assert "OBJECTIONS_MAX_UPLOAD_BYTES" in large.json()["detail"]


def test_a_form_without_a_file_is_told(client: TestClient) -> None:
    """By the name of the field."""
    answer = client.post(PATH, data={"format": "srt"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["where"] == "file"
