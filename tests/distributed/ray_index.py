"""Indexes a folder as tasks of Ray and merges the segments: docs/distributed.md.

    python ray_index.py --kashshaf PROGRAM --out INDEX [--shares N] FILE...

Each task runs `kashshaf index --part I/N`; the files must be readable by every
node under the same paths. Prints what the merge prints. Without `ray start`
beforehand, Ray runs on this machine alone.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import ray


@ray.remote
def index_share(program, files, share, shares):
    """The bytes of one segment; they travel back through Ray's object store."""
    with tempfile.TemporaryDirectory() as folder:
        segment = Path(folder) / "segment.kashshaf"
        command = [program, "index", "--part", f"{share}/{shares}", "-o", str(segment), *files]
        # Status 1 says that some file could not be read; the ledger in the segment names it.
        result = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
        if result.returncode not in (0, 1) or not segment.exists():
            raise RuntimeError(f"share {share} of {shares}: {result.stderr}")
        return segment.read_bytes()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--kashshaf", default="kashshaf")
    parser.add_argument("--out", required=True)
    parser.add_argument("--shares", type=int, default=8)
    parser.add_argument("files", nargs="+")
    options = parser.parse_args()

    ray.init(include_dashboard=False, log_to_driver=False)
    shares = options.shares
    tasks = [index_share.remote(options.kashshaf, options.files, n, shares) for n in range(1, shares + 1)]
    with tempfile.TemporaryDirectory() as folder:
        segments = []
        # Whichever is done first is written first: the order does not matter.
        while tasks:
            [done], tasks = ray.wait(tasks)
            segment = Path(folder) / f"{len(segments)}.kashshaf"
            segment.write_bytes(ray.get(done))
            segments.append(str(segment))
        merged = subprocess.run([options.kashshaf, "merge", "-o", options.out, *segments])
    ray.shutdown()
    sys.exit(merged.returncode)


if __name__ == "__main__":
    main()
