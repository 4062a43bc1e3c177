"""What became of the rows of a file, and of many."""

from dataclasses import dataclass, field, fields

from objections.transcripts.cleaning import Dropped


@dataclass(slots=True)
class Summary:
    """Counts: ``read == written + rejected + dropped + left_out``.

    Attributes
    ----------
    files : int
    unread : int
        Files among them that could not be read at all.
    read, written, rejected : int
        Rows of tables, lines of transcripts.
    dropped : Dropped
        Lines of transcripts that nobody said.
    left_out : int
        Rows that the user asked to leave out, as with ``--only-objections``.
    unscored : int
        Rows read without an answer: said by the seller, or without words.
    objections : int
        Rows with an objection.
    rejected_files : list of str
        Where the rejected rows stand.
    """

    files: int = 0
    unread: int = 0
    read: int = 0
    written: int = 0
    rejected: int = 0
    dropped: Dropped = field(default_factory=Dropped)
    left_out: int = 0
    unscored: int = 0
    objections: int = 0
    rejected_files: list[str] = field(default_factory=list)

    def add(self, other: "Summary") -> None:
        """Count what became of further rows."""
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))

    @property
    def adds_up(self) -> bool:
        """Whether every row that was read is accounted for."""
        return self.read == self.written + self.rejected + self.dropped.total + self.left_out

    def in_words(self) -> str:
        """Say it in a sentence or two, with the sum that must hold."""
        parts = [f"{self.written} rows out", f"{self.rejected} rejected"]
        if self.dropped.total:
            dropped = self.dropped
            parts.append(
                f"{dropped.total} dropped ({dropped.empty} empty, {dropped.doubled} doubled per channel, "
                f"{dropped.hallucinated} made up by the recogniser)"
            )
        if self.left_out:
            parts.append(f"{self.left_out} left out as asked")
        files = f"{self.files} files" if self.files > 1 else ""
        if self.unread:
            files += f" ({self.unread} of them cannot be read)"
        return (
            f"{files}{', ' if files else ''}{self.read} rows in = {' + '.join(parts)}; "
            f"{self.objections} with an objection, {self.unscored} not scored (seller's or without words)"
        )
