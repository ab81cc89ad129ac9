"""Charts as SVG: years as a line with the baseline dashed, shares as bars with their interval.

Altair describes them, vl-convert draws them on the server. Size, scales and labels are set to the
pixel, so nothing depends on which fonts a machine has and the same years give the same bytes.
"""
