"""Settings for all tests: a slow machine is no failure, and `make test` is no editor who called `make`."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile("all", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("all")

# The Makefile says by these who calls and which issue is meant; printed commands and their tests depend on them.
for name in ("NEWSLETTER_PDF_CALLER", "ISSUE"):
    os.environ.pop(name, None)
