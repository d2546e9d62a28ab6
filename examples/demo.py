"""Crawl the example sites into an archive: serve them on loopback, run the crawl, stop serving.

python -m examples.demo [--db archive.db] [--captures captures]
"""

import argparse
import subprocess
import sys
from pathlib import Path

from examples.serve import serving

SOURCES = Path(__file__).parent / "sources"


def main(arguments: list[str] | None = None) -> int:
    """Returns the exit code of the crawl, or 1 where the sites cannot be served."""
    parser = argparse.ArgumentParser(description="Crawl the example sites into an archive.")
    parser.add_argument("--db", default="archive.db")
    parser.add_argument("--captures", default="captures")
    options = parser.parse_args(arguments)
    command = [
        "-m",
        "hankearkisto",
        "crawl",
        "--sources",
        str(SOURCES),
        "--db",
        options.db,
        "--captures",
        options.captures,
    ]
    try:
        with serving() as sites:
            sys.stderr.write(f"serving {len(sites)} example sites on 127.0.0.1, ports from {sites[0].server_port}\n")
            sys.stderr.flush()
            done = subprocess.run([sys.executable, *command], check=False)  # noqa: S603 - our own program
    except OSError as error:
        sys.stderr.write(f"the example sites cannot be served: {error}\n")
        return 1
    if done.returncode == 0:
        _give_out(Path(options.db))
    return done.returncode


def _give_out(archive: Path) -> None:
    """The public copy and the files that the downloads' page offers, beside the archive."""
    folder = archive.parent / "files"
    command = ["-m", "hankearkisto", "publish", str(archive.with_suffix(".public.db"))]
    command += ["--db", str(archive), "--files", str(folder)]
    sys.stderr.write(f"making the public copy and the files in {folder}\n")
    subprocess.run([sys.executable, *command], check=False)  # noqa: S603 - our own program


if __name__ == "__main__":
    sys.exit(main())
