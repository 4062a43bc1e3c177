"""The page for people: static files, which use the same routes as everybody else."""

from importlib.resources import files
from typing import Final

from fastapi import APIRouter, FastAPI
from fastapi.responses import FileResponse
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOLDER: Final = str(files("service") / "page")

HEADERS: Final = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; object-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",  # asks each time whether the ETag is still right
}
"""What a transcript holds stays text: no script or style runs that is not a file of this folder."""

router = APIRouter(include_in_schema=False)


class PageFiles(StaticFiles):
    """The files of the page, with its headers."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Give a file."""
        response = await super().get_response(path, scope)
        response.headers.update(HEADERS)
        return response


@router.api_route("/", methods=["GET", "HEAD"])
def get_page() -> Response:
    """Give the page itself."""
    return FileResponse(f"{FOLDER}/index.html", headers=HEADERS)


def mount(app: FastAPI) -> None:
    """Serve the files that the page consists of."""
    app.mount("/page", PageFiles(directory=FOLDER), name="page")
