"""Mailing: every reader once, nobody twice, nothing lost.

``settings`` and ``recipients`` read what the editors wrote, ``message`` makes the packages, ``ledger`` remembers who
got one, ``transport`` speaks to the server, ``sending`` brings them together, ``bounces`` reads what comes back.
"""
