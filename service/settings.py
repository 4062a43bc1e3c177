"""Settings: read from the environment once, at the entry point, then passed in."""

from pathlib import Path
from typing import Self

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from objections.errors import ObjectionsError

PREFIX = "OBJECTIONS_"


class SettingsError(ObjectionsError):
    """A setting has a value that it cannot have."""


class Settings(BaseSettings):
    """Every setting: its default, its unit and what it does. ``OBJECTIONS_`` goes before its name."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, frozen=True)

    home: Path = Field(
        default=Path(__file__).resolve().parent.parent,
        description="Folder that holds `data/` and `models/`.",
    )
    host: str = Field(default="127.0.0.1", description="Address that `serve` listens on.")
    port: int = Field(
        default=8000, ge=0, le=65535, description="Port that `serve` listens on; 0 takes a free one."
    )
    workers: int = Field(default=1, ge=1, le=64, description="Processes that answer.")
    max_body_bytes: int = Field(
        default=16 * 1024 * 1024, ge=1024, description="Largest request body in bytes; above it: 413."
    )
    max_upload_bytes: int = Field(
        default=64 * 1024 * 1024,
        ge=1024,
        description="Largest file sent to `/v1/transcripts` in bytes; above it: 413.",
    )
    max_lines: int = Field(default=10_000, ge=1, description="Most lines in one request; above it: 422.")
    max_characters: int = Field(
        default=5_000, ge=1, description="Most characters in one line; above it: 422."
    )

    database_url: str | None = Field(
        default=None,
        description="Database of corrections, reviewed lines and keys: `postgresql://…` or "
        "`sqlite:///FILE`; `feedback.db` in `home` where nothing is said.",
    )

    mask_personal_data: bool = Field(
        default=True,
        description="Whether telephone numbers, e-mail addresses and card numbers are masked before a line "
        "is stored.",
    )
    review_queue: bool = Field(
        default=False, description="Whether lines with an uncertain answer are kept for review."
    )
    review_most: int = Field(
        default=10_000, ge=1, description="Most lines that wait for review; the most doubtful ones are kept."
    )
    review_days: int = Field(default=30, ge=1, description="Days after which a line that waits is forgotten.")
    review_lease_minutes: int = Field(
        default=15,
        ge=1,
        description="Minutes for which a line is kept from others while a person looks at it.",
    )

    requests_per_minute: int = Field(
        default=0,
        ge=0,
        description="Most requests of an API key per minute and worker; above it: 429; 0 for no limit.",
    )
    training_minutes: int = Field(
        default=60, ge=1, description="Minutes after which a training run started over HTTP is stopped."
    )
    models_kept: int = Field(
        default=10,
        ge=1,
        description="Newest models that are kept, beside the current one and the one before it.",
    )

    @property
    def database(self) -> str:
        """The address of the database."""
        return self.database_url or f"sqlite:///{self.home / 'feedback.db'}"

    @property
    def models(self) -> Path:
        """The folder of models."""
        return self.home / "models"

    @property
    def glossary(self) -> Path:
        """The glossary file."""
        return self.home / "data" / "glossary.toml"

    @property
    def labeled_phrases(self) -> Path:
        """The labelled lines that the shipped model learns from."""
        return self.home / "data" / "labeled_phrases.csv"

    @property
    def evaluation_phrases(self) -> Path:
        """The labelled lines that models are judged by and never learn from."""
        return self.home / "data" / "evaluation_phrases.csv"

    @property
    def quality_floors(self) -> Path:
        """The least that a model trained on the shipped lines must score."""
        return self.home / "data" / "quality_floors.json"

    @classmethod
    def from_environment(cls) -> Self:
        """Read the environment.

        Raises
        ------
        SettingsError
            Naming each variable that has an impossible value.
        """
        try:
            return cls()
        except ValidationError as error:
            wrong = "; ".join(
                f"{PREFIX}{'_'.join(map(str, problem['loc'])).upper()}: {problem['msg']}"
                for problem in error.errors(include_input=False)
            )
            raise SettingsError(f"settings are wrong: {wrong}") from None
