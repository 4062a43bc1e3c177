"""For Prometheus."""

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4

from objections.errors import ObjectionsError
from service.dependencies import CurrentClassifier, CurrentMetrics
from service.store.database import Database
from service.store.review import waiting

router = APIRouter(tags=["operations"])


class MetricsResponse(PlainTextResponse):
    """The text that Prometheus reads."""

    media_type = CONTENT_TYPE_PLAIN_0_0_4


@router.get("/metrics", summary="Counts for Prometheus", response_class=MetricsResponse)
def get_metrics(request: Request, metrics: CurrentMetrics, classifier: CurrentClassifier) -> MetricsResponse:
    """Give requests, latencies, lines by category, uncertain lines, the model and the review queue."""
    return MetricsResponse(metrics.expose(classifier.card.id, _count_waiting(request)))


def _count_waiting(request: Request) -> int | None:
    """Count the lines that wait for review; no database is made for it."""
    state = request.app.state
    try:
        if not Database(state.settings.database).is_there():
            return 0
        with state.open_database().reading() as session:
            return waiting(session)
    except ObjectionsError:
        return None
