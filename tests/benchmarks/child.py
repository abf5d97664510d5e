"""One variant, alone in its process: does the job that its arguments name, prints the figures."""

import asyncio
import importlib
import json
import logging
import sys
import warnings

from tests.benchmarks.variants import SUITES, Job


def main() -> None:
    warnings.simplefilter("ignore")
    logging.disable()
    suite, name, job = sys.argv[1], sys.argv[2], Job(**json.loads(sys.argv[3]))
    variant = SUITES[suite][name]
    module = importlib.import_module(f"tests.benchmarks.{variant.module}")
    asyncio.run(getattr(module, variant.function)(job))
    print(json.dumps({"seconds": job.seconds, "cpu": job.cpu, "latencies": job.latencies}))


if __name__ == "__main__":
    main()
