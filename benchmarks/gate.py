"""The gate that only rises: every measure against its floor, and no wrong digit or scale at all.

Each benchmark prints its table and fails below `floor.json`; this runs them all and fails if one
did. ``--raise`` lifts the floors to what is measured now, never below what they are.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
GATED = ("claims.py", "planted.py")


def main() -> int:
    flag = "--raise" if "--raise" in sys.argv[1:] else "--gate"
    failed = [
        name
        for name in GATED
        if subprocess.run([sys.executable, HERE / name, flag], check=False).returncode
    ]
    if failed:
        print(f"below the floor: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
