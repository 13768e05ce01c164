"""A draft of an office's own guidance from the directive of the office above: same tasks, own units, earlier days.

``nlp.drafting.compose.draft`` is the way from a directive with its facts to a ``Draft``; every paragraph of it carries
where it comes from and what was changed, and what could not be decided is a gap with a question.
"""
