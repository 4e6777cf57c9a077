"""A second process that lays out and draws some of the parts and proves the file, so that two processors are at work.

It is started before it is known what there is to do, as starting the engine takes as long as reading an issue. It works
through what it is sent, in order; what it finds comes back as data. It ends with the process that started it, whatever
that one's end is, as its input ends then. Nothing depends on it: who asks it and finds it gone does the work himself.
"""

from newsletter_pdf.partner.process import Partner, PartnerGoneError, start

__all__ = ["Partner", "PartnerGoneError", "start"]
