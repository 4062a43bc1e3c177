"""Predictions as the JSON that `schemas` describes.

Written here and not by FastAPI, which would check every answer again.
That each answer keeps to its schema is what tests are for.
"""

from fastapi import Response
from pydantic_core import to_json

from objections.classifier import Prediction, Suggestion


def answer_fields(prediction: Prediction) -> dict[str, object]:
    """Give the fields of `schemas.Answer`; `evidence` only where it was asked for."""
    suggestion = prediction.suggestion
    fields: dict[str, object] = {
        "category": prediction.category,
        "confidence": prediction.confidence,
        "uncertain": prediction.uncertain,
        "scores": prediction.scores,
        "glossary": None if suggestion is None else _glossary_fields(suggestion),
    }
    if prediction.evidence is not None:
        fields["evidence"] = [
            {"start": span.start, "end": span.end, "text": span.text, "weight": span.weight}
            for span in prediction.evidence
        ]
    fields["model"] = prediction.model
    return fields


def answer_json(prediction: Prediction) -> bytes:
    """Write the body that answers one line."""
    return to_json(answer_fields(prediction))


def json_response(fields: dict[str, object]) -> Response:
    """Write fields as the body of a response."""
    return Response(to_json(fields), media_type="application/json")


def _glossary_fields(suggestion: Suggestion) -> dict[str, object]:
    entry = suggestion.entry
    return {
        "term": entry.term,
        "name": entry.name,
        "definition": entry.definition,
        "points": entry.points,
        "advice": suggestion.advice,
        "confidence": suggestion.confidence,
    }
