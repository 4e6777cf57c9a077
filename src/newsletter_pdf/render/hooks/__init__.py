"""Line setting in WeasyPrint's place: measuring, breaking, placing and drawing.

:func:`install` puts the functions of :mod:`.patches` where the engine looks its own up. Everything they keep hangs on
the boxes and font configurations of one rendering, so that renderings do not meet.
"""

from newsletter_pdf.render.hooks.patches import install, installed

__all__ = ["install", "installed"]
