"""Typeset a Chinese periodical from text files into a proved PDF."""

__version__ = "1.0.0"
