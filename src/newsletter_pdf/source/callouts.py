"""The call-outs of section files, ``::: 提示``, by name."""

from __future__ import annotations

CALLOUTS = {"提示": "提示", "注意": "注意", "背景": "背景", "延伸阅读": "延伸阅读", "note": None}
"""The call-outs by the name typed after the colons, with the title that they have without one of their own."""
