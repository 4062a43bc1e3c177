"""The model in use."""

from fastapi import APIRouter

from objections.card import Card
from service.dependencies import CurrentClassifier

router = APIRouter(prefix="/v1/model", tags=["model"])


@router.get("", summary="Card of the model in use")
def get_card(classifier: CurrentClassifier) -> Card:
    """Say what the model was trained on, with which versions, and what it is worth."""
    return classifier.card
