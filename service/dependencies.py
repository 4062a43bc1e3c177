"""What routes are given: the classifier and the settings of the app.

Asynchronous, though they wait for nothing: FastAPI sends plain functions to a thread.
"""

from typing import Annotated, cast

from fastapi import Depends, Request

from objections.classifier import Classifier
from service.settings import Settings


async def _classifier(request: Request) -> Classifier:
    return cast("Classifier", request.app.state.classifier)


async def _settings(request: Request) -> Settings:
    return cast("Settings", request.app.state.settings)


CurrentClassifier = Annotated[Classifier, Depends(_classifier)]
CurrentSettings = Annotated[Settings, Depends(_settings)]
