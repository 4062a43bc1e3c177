"""FastAPI around scikit-learn's pipelines: no evidence, no parts of long lines.

Asynchronous: in FastAPI's thread pool, sixteen requests at once wait for each other and none is answered
within seconds.
"""

import sys
from pathlib import Path

import joblib
import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()
PIPELINES = joblib.load(Path(sys.argv[2]))
for warmed in PIPELINES.values():
    warmed.predict_proba(["готов"])


class Line(BaseModel):
    """What comes in."""

    text: str
    speaker: str | None = None


@app.post("/v1/classify")
async def classify(line: Line) -> dict[str, dict[str, float]]:
    """Give the probabilities of both heads."""
    return {
        head: dict(
            zip(pipeline.classes_.tolist(), pipeline.predict_proba([line.text])[0].tolist(), strict=True)
        )
        for head, pipeline in PIPELINES.items()
    }


if __name__ == "__main__":
    uvicorn.run(app, port=int(sys.argv[1]), access_log=False, log_level="warning")
