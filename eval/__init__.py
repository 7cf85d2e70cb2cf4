"""Answers and readings are scored: gold questions, metrics, baselines, benchmarks."""
