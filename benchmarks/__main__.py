"""Measure everything and write ``docs/performance.md``."""

from pathlib import Path

import click

from benchmarks.http import measure_http
from benchmarks.page import write_page
from benchmarks.processes import measure_bulk, measure_start
from benchmarks.scoring import measure_growth, measure_scoring
from benchmarks.stages import measure_stages


@click.command()
@click.argument("page", type=click.Path(path_type=Path))
def main(page: Path) -> None:
    """Measure, and write PAGE."""
    rows = []
    for measure in (measure_scoring, measure_http, measure_bulk, measure_start):
        for row in measure():
            click.echo(f"{row.what}: {row.ratio:.2f}", err=True)
            rows.append(row)
    notes = (Path(__file__).parent / "notes.md").read_text(encoding="utf-8")
    page.write_text(write_page(rows, measure_stages(), measure_growth(), notes), encoding="utf-8")
    missed = [row.what for row in rows if row.reached is False]
    click.echo(f"not reached: {'; '.join(missed) or 'nothing'}", err=True)


if __name__ == "__main__":
    main()
