"""Retraining, watched and stopped over HTTP."""

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from service.dependencies import Caller, CurrentSettings
from service.problems import BAD_REQUEST, CONFLICT, NOT_FOUND, UNPROCESSABLE, document
from service.run_record import Run, TrainingRequest
from service.training_runs import TrainingRuns

router = APIRouter(prefix="/v1/training-runs", tags=["training"])


class RunsAnswer(BaseModel):
    """The training runs, newest first."""

    runs: list[Run] = Field(description="The runs.")


@router.post(
    "",
    status_code=202,
    summary="Retrain",
    responses=document(BAD_REQUEST, CONFLICT, UNPROCESSABLE),
)
def start_run(body: TrainingRequest, response: Response, settings: CurrentSettings, caller: Caller) -> Run:
    """Train on the shipped lines and the corrections, in a process of its own, one at a time.

    The new model answers if it is not worse than the current one on the evaluation lines: the gate decides.
    """
    run = TrainingRuns(settings).start(body, caller)
    response.headers["Location"] = f"{router.prefix}/{run.id}"
    return run


@router.get("", summary="Training runs")
def get_runs(settings: CurrentSettings) -> RunsAnswer:
    """List the training runs, newest first."""
    return RunsAnswer(runs=TrainingRuns(settings).newest_first())


@router.get("/{run_id}", summary="One training run", responses=document(NOT_FOUND))
def get_run(run_id: str, settings: CurrentSettings) -> Run:
    """Say how far a training run is, and what came of it."""
    return TrainingRuns(settings).find(run_id)


@router.delete("/{run_id}", summary="Stop a training run", responses=document(NOT_FOUND))
def stop_run(run_id: str, settings: CurrentSettings) -> Run:
    """Stop a training run; the current model stays. One that has ended stays as it is."""
    return TrainingRuns(settings).stop(run_id)
