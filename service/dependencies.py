"""What routes are given: the classifier and the settings that the app was made with."""

from typing import Annotated, cast

from fastapi import Depends, Request

from objections.classifier import Classifier
from service.settings import Settings


def classifier_of(request: Request) -> Classifier:
    """Give the classifier; without being injected, where every microsecond counts."""
    return cast("Classifier", request.app.state.classifier)


def settings_of(request: Request) -> Settings:
    """Give the settings."""
    return cast("Settings", request.app.state.settings)


CurrentClassifier = Annotated[Classifier, Depends(classifier_of)]
CurrentSettings = Annotated[Settings, Depends(settings_of)]
