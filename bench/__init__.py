"""Workloads with a floor beside them: each prints ratios from one run, none is a timed test."""
