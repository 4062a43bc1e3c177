"""A file with calls in, its lines with answers out."""

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, File, Form, Request, Response, UploadFile

from objections.document import Document
from objections.errors import DataError
from objections.line import Line
from objections.speaker import Names
from objections.transcripts.catalogue import find_format, read_transcript, tell_format
from service.answers import answer_fields, json_response
from service.call import summarize
from service.dependencies import CurrentClassifier, CurrentMetrics, CurrentSettings
from service.doubts import collect_doubts
from service.problems import BAD_REQUEST, TOO_LARGE, UNPROCESSABLE, InputProblem, InvalidInputError, document
from service.schemas import TranscriptAnswer
from service.settings import Settings

router = APIRouter(
    prefix="/v1/transcripts",
    tags=["transcripts"],
    responses=document(BAD_REQUEST, TOO_LARGE, UNPROCESSABLE),
)

_UNNAMED = "the file"


@router.post(
    "", response_model=TranscriptAnswer, summary="A file with calls → lines with answers, and a summary"
)
def score_transcript(
    request: Request,
    classifier: CurrentClassifier,
    settings: CurrentSettings,
    metrics: CurrentMetrics,
    file: Annotated[
        UploadFile,
        File(description="The export: any supported format, told by its content.", examples=["call.srt"]),
    ],
    format: Annotated[  # noqa: A002 (as the command line calls it)
        str | None,
        Form(description="Its format, where it should not be told by the content.", examples=["srt"]),
    ] = None,
    client: Annotated[
        list[str] | None, Form(description="Names of speakers who are clients.", examples=[["SPEAKER_01"]])
    ] = None,
    seller: Annotated[
        list[str] | None, Form(description="Names of speakers who are sellers.", examples=[["SPEAKER_00"]])
    ] = None,
    explain: Annotated[  # noqa: FBT002 (a field of a form)
        bool, Form(description="Whether to say which words decided.", examples=[True])
    ] = False,
) -> Response:
    """Read a call in any supported format and answer each line of the client.

    Empty lines, phrases doubled per channel and phrases that recognisers make up are dropped and counted.
    """
    names = Names.of(client or (), seller or ())
    upload = Document(file.file, file.filename or _UNNAMED)
    try:
        known = find_format(format) if format else tell_format(upload)
        calls = read_transcript(upload, known, names)
    except DataError as error:
        raise InvalidInputError([InputProblem(where="file", problem=f"cannot be read: {error}")]) from None
    _check(calls.lines, settings)
    request.state.lines = len(calls.lines)
    predictions = classifier.classify(calls.lines, explain=explain)
    metrics.count_answers(predictions)
    collect_doubts(request.app, calls.lines, predictions)
    answers = [
        {**asdict(line), **answer_fields(prediction)}
        for line, prediction in zip(calls.lines, predictions, strict=True)
    ]
    summary = {**asdict(summarize(calls.lines, predictions)), "dropped": asdict(calls.dropped)}
    return json_response(
        {"format": known.name, "summary": summary, "lines": answers, "model": classifier.card.id}
    )


def _check(lines: tuple[Line, ...], settings: Settings) -> None:
    """Refuse what is larger than the limits; the file itself was measured while it came in."""
    if len(lines) > settings.max_lines:
        problem = (
            f"holds {len(lines)} lines, more than the {settings.max_lines} that one request may hold "
            "(setting OBJECTIONS_MAX_LINES); send fewer calls at once, or use `objections score`"
        )
        raise InvalidInputError([InputProblem(where="file", problem=problem)])
    long = [line for line in lines if len(line.text) > settings.max_characters]
    if long:
        problem = (
            f"holds {len(long)} lines of more than {settings.max_characters} characters (setting "
            f"OBJECTIONS_MAX_CHARACTERS), the first is line {long[0].number}; split it where speakers change"
        )
        raise InvalidInputError([InputProblem(where="file", problem=problem)])
