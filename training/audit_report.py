"""An audit in words, and its rows as a table."""

import csv
from typing import Final, TextIO

from training.audit import HARD, Audit, Finding

SHOWN: Final = 5
"""Examples of each check in the text; all of them are in the table."""


def write_report(audit: Audit, out: TextIO) -> None:
    """Write what was found: by check with examples, then the balance."""
    out.write(f"{audit.lines} well-formed lines\n")
    for check, count in audit.counts().items():
        mark = "must be mended" if check in HARD else "to look at"
        out.write(f"\n{check}: {count} rows, {mark}\n")
        shown = [finding for finding in audit.findings if finding.check == check][:SHOWN]
        out.writelines(f"  {_in_words(finding)}\n" for finding in shown)
        if count > len(shown):
            out.write(f"  … and {count - len(shown)} more\n")
    if not audit.findings:
        out.write("nothing to mend or to look at\n")
    out.write("\nbalance (the aim is that of the shipped set)\n")
    for share in audit.balance:
        aim = "" if share.aim is None else f"   aim {share.aim:.0%}"
        out.write(f"  {share.column:<9} {share.value:<22} {share.lines:>6} {share.share:>6.1%}{aim}\n")
    out.writelines(
        f"  industry  {industry:<22} {'':>6} {part:>6.1%}\n" for industry, part in audit.industries
    )


def write_findings(audit: Audit, out: TextIO) -> None:
    """Write every row to look at."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["row", "check", "must be mended", "detail", "text"])
    for finding in audit.findings:
        hard = "yes" if finding.is_hard else "no"
        writer.writerow([finding.row, finding.check, hard, finding.detail, finding.text])


def _in_words(finding: Finding) -> str:
    text = f" | {finding.text}" if finding.text else ""
    return f"row {finding.row}: {finding.detail}{text}"
