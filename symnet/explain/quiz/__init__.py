"""Questions about functions whose answers are computed, and the judge of what a person answers.

A question is made from facts and derivations, its numbers drawn by a seeded generator: the same seed, the same
questions. An answer that is a formula is compared as a function, never as text.
"""

from symnet.explain.quiz.answers import RIGHT, UNDECIDED, WRONG, Choice, Formula, Grade, Number
from symnet.explain.quiz.item import Item
from symnet.explain.quiz.make import questions
from symnet.explain.quiz.paper import paper

__all__ = ["RIGHT", "UNDECIDED", "WRONG", "Choice", "Formula", "Grade", "Item", "Number", "paper", "questions"]
