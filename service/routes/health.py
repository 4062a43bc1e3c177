"""For whoever keeps the service running."""

from fastapi import APIRouter

from service.dependencies import CurrentClassifier
from service.schemas import Alive, Ready

router = APIRouter(prefix="/health", tags=["operations"])


@router.get("/live", summary="Is the process alive")
def live() -> Alive:
    """Answer as long as the process runs."""
    return Alive(status="alive")


@router.get("/ready", summary="Does it answer")
def ready(classifier: CurrentClassifier) -> Ready:
    """Name the model that answers."""
    return Ready(status="ready", model=classifier.card.id)
