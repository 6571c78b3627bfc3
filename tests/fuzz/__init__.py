"""A seeded fuzzer over every reader: `python -m tests.fuzz --count 100000 --seed 1 --jobs 2`.

Mutant `n` of a seed is always the same file, so that a defect is told by two numbers and made again by
`python -m tests.fuzz --seed S --only N --keep FOLDER`.
"""
