"""Where every line of a figure goes: layouts of curves, networks and pictures, without any markup.

A layout is computed once, in points of a page whose y axis runs downward, rounded so that its bytes never
change. The templates draw it: as SVG for HTML, as TikZ for LaTeX; the ``text_…`` modules draw it in characters.
"""
