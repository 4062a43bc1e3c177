"""The models there are, and which one answers."""

from datetime import datetime

from fastapi import APIRouter
from pydantic import BaseModel, Field

from objections.card import Gate, Share
from objections.registry import Listed, activate, list_models
from service.dependencies import CurrentSettings
from service.problems import CONFLICT, NOT_FOUND, document

router = APIRouter(prefix="/v1/models", tags=["model"])


class ModelAnswer(BaseModel):
    """A model that is kept."""

    id: str = Field(description="Its name.", examples=["20261123T101500-3f9c2a"])
    current: bool = Field(
        description="Whether it answers; a switch takes up to two seconds.", examples=[True]
    )
    previous: bool = Field(description="Whether it is the one to go back to.", examples=[False])
    created: datetime | None = Field(
        description="When it was trained (UTC); null where it is damaged.", examples=["2026-11-23T10:15:00Z"]
    )
    lines: int | None = Field(description="Labelled lines it learned from.", examples=[7530])
    macro_f1: Share | None = Field(
        description="Macro-F1 on the evaluation file; null where there was none.", examples=[0.9]
    )
    f1: dict[str, Share] | None = Field(description="F1 by category there.", examples=[{"цена": 0.91}])
    gate: Gate | None = Field(description="Whether it was let into service, and why; `forced` has a reason.")
    problem: str | None = Field(description="Why it cannot be used; null where it can.", examples=[None])


class ModelsAnswer(BaseModel):
    """The models that are kept, newest first."""

    models: list[ModelAnswer] = Field(description="The models.")


class ActivatedModel(BaseModel):
    """The model that answers from now on."""

    id: str = Field(description="Its name.", examples=["20261123T101500-3f9c2a"])


@router.get("", summary="Models that are kept")
def get_models(settings: CurrentSettings) -> ModelsAnswer:
    """List the models, newest first, with what each is worth."""
    return ModelsAnswer(models=[describe(listed) for listed in list_models(settings.models)])


@router.post("/{model_id}/activate", summary="Switch to a model", responses=document(CONFLICT, NOT_FOUND))
def activate_model(model_id: str, settings: CurrentSettings) -> ActivatedModel:
    """Make a model the current one, a new one or an old one; each worker takes it up within two seconds."""
    return ActivatedModel(id=activate(settings.models, model_id).id)


def describe(listed: Listed) -> ModelAnswer:
    """Say of a model what is worth knowing at a glance."""
    card = listed.card
    evaluation = card.evaluation if card else None
    return ModelAnswer(
        id=listed.id,
        current=listed.current,
        previous=listed.previous,
        created=card.created if card else None,
        lines=card.data.lines if card else None,
        macro_f1=evaluation.macro_f1 if evaluation else None,
        f1={name: scores.f1 for name, scores in evaluation.categories.items()} if evaluation else None,
        gate=card.gate if card else None,
        problem=listed.problem or None,
    )
