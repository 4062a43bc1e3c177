"""The entries of the sales glossary."""

from fastapi import APIRouter

from objections.glossary import Entry
from service.dependencies import CurrentClassifier
from service.problems import NOT_FOUND, document

router = APIRouter(prefix="/v1/glossary", tags=["glossary"])


@router.get("", summary="All entries")
def list_entries(classifier: CurrentClassifier) -> list[Entry]:
    """Give the eight entries."""
    return list(classifier.glossary)


@router.get("/{term}", summary="One entry", responses=document(NOT_FOUND))
def get_entry(term: str, classifier: CurrentClassifier) -> Entry:
    """Give the entry of a term; case does not matter. An unknown term is answered with the known ones."""
    return classifier.glossary.find(term)
