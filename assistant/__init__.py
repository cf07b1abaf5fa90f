"""知绩 (`zhiji`): drafts 绩效自评报告 from a unit's own figures and its own past reports.

Figures are computed, never written by a model. Every number in a draft is bound to a figure or to a
cited source, and the draft proves it. Wrong data becomes a finding, never a crash and never a silent
fix. Nothing leaves the machine unless its user configured an endpoint. Importing this package does no
work: no model, no file, no network, no logging set-up.
"""

__version__ = "0.1.0"
