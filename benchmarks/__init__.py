"""Benchmarks: ours beside a yardstick of the same run, and the ratio of the two."""
