"""FastAPI that does nothing, with the schema of `POST /v1/classify`."""

import sys

import uvicorn
from fastapi import FastAPI

from service.schemas import Answer, ClassifyRequest

app = FastAPI()
ANSWER = Answer(
    category="цена",
    confidence=0.93,
    uncertain=False,
    scores={"отказ": 0.02, "сомнение в качестве": 0.03, "цена": 0.93, "нет возражения": 0.02},
    glossary=None,
    model="20261123T101500-3f9c2a",
)


@app.post("/v1/classify")
async def classify(body: ClassifyRequest) -> Answer:  # noqa: ARG001 (read and not used)
    """Answer the same to everything."""
    return ANSWER


if __name__ == "__main__":
    uvicorn.run(app, port=int(sys.argv[1]), access_log=False, log_level="warning")
