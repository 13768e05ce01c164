"""Two directives side by side: what stayed, what changed, what is new; and what an office below took over.

``nlp.compare.compare.compare`` is the way from two documents with their facts to a ``Comparison``; the steps on it
(``items``, ``similarity``, ``align``, ``words``, ``changes``, ``levels``, ``chain``) can be used alone.
"""
