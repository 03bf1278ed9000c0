"""The study site: every sheet in every format, an index with search, a table to compare; built again only where something changed.

A page is remembered by everything that its bytes depend on, as kept sheets are. Files are written beside their place and
renamed; the record of a page is written last, so a build that was killed goes on where it stopped.
"""
