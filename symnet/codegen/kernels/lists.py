"""Matrices as lists of rows, for exported programs in plain Python."""

# ruff: noqa: B905

from __future__ import annotations

import math


def each(f, A):
    """f of every entry."""
    return [[f(a) for a in row] for row in A]


def plus(A, B):
    """A + B."""
    return [[a + b for a, b in zip(r, s)] for r, s in zip(A, B)]


def entrywise(A, B):
    """A ∘ B, entry times entry."""
    return [[a * b for a, b in zip(r, s)] for r, s in zip(A, B)]


def scaled(c, A):
    """c A."""
    return [[c * a for a in row] for row in A]


def transpose(A):
    """The transpose."""
    return [list(column) for column in zip(*A)]


def product(A, B):
    """A B."""
    columns = transpose(B)
    return [[sum(a * b for a, b in zip(row, column)) for column in columns] for row in A]


def repeated(row, n):
    """n copies of a row."""
    return [list(row) for _ in range(n)]


def widened(column, m):
    """m copies of a column."""
    return [row * m for row in column]


def row_sums(A):
    """The sum of each row, as a column."""
    return [[math.fsum(row)] for row in A]


def column_sums(A):
    """The sum of each column, as a list."""
    return [math.fsum(column) for column in zip(*A)]


def total(A):
    """The sum of all entries."""
    return math.fsum(a for row in A for a in row)


def softmax(Z):
    """exp(z) / Σ exp(z) of each row; the largest score is taken out first, so that nothing overflows."""
    E = [[math.exp(z - max(row)) for z in row] for row in Z]
    return [[e / sum(row) for e in row] for row in E]


def logsumexp(Z):
    """log Σ exp(z) of each row, as a column."""
    return [[max(row) + math.log(sum(math.exp(z - max(row)) for z in row))] for row in Z]


def largest(*matrices):
    """The entrywise maximum."""
    return [[max(entries) for entries in zip(*rows)] for rows in zip(*matrices)]


def share(chosen, *matrices):
    """1 where `chosen` is the largest of the matrices, divided by how many are; elsewhere 0."""
    count = [[entries.count(max(entries)) for entries in zip(*rows)] for rows in zip(*matrices)]
    most = largest(*matrices)
    return [[(c == m) / k for c, m, k in zip(r, s, t)] for r, s, t in zip(chosen, most, count)]
