"""What the engine would take from the machine it runs on, and must not: the same issue gives the same bytes anywhere.

Pango chooses language-dependent letter forms by the user's languages, fontconfig prefers fonts by them, and HarfBuzz
can be told to shape otherwise, all by environment variables; WeasyPrint names pictures after the path they lie at.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

#: The languages that letters are chosen for, whatever the user's are: Chinese, and English where Latin letters stand.
#: Sources: Pango, ``pango_language_get_preferred``; fontconfig, ``FcGetDefaultLangs``.
_FIXED: Mapping[str, str] = {"PANGO_LANGUAGE": "zh-cn:en", "FC_LANG": "zh-cn"}
#: Variables that change which fonts are found or how they are shaped.
_DROPPED = ("HB_SHAPER_LIST", "HB_OPTIONS", "HB_FACE_LOADER", "FONTCONFIG_SYSROOT", "FC_DBG_MATCH_FILTER")


def fix_surroundings(fontconfig: Path) -> None:
    """Set the process's environment for the engine, once before it is imported; ``fontconfig`` is its configuration."""
    os.environ["FONTCONFIG_FILE"] = str(fontconfig)
    os.environ.update(_FIXED)
    for name in _DROPPED:
        os.environ.pop(name, None)


class Pictures(dict[str, Any]):
    """The engine's cache of pictures, which names each picture after its content and not after its address.

    The name stands in the PDF, and an address would differ with the folder that the project lies in. A picture that is
    used under two addresses is thereby written once.
    """

    def __setitem__(self, key: str, value: Any) -> None:
        image = getattr(value, "image_data", None)
        if image is not None:
            value.id = hashlib.sha256(image.data).hexdigest()[:32]
        super().__setitem__(key, value)
