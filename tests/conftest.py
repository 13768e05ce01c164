"""Settings for all tests: continuous integration draws the same examples every time, a person's machine new ones."""

import os

from hypothesis import settings

from tests.postgres import postgres
from tests.s3 import s3, s3_server
from tests.samples import read_samples

__all__ = ["postgres", "read_samples", "s3", "s3_server"]

settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("person", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "person")
