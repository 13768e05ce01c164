"""The steps that bring the tables of a store up to date (Alembic), for SQLite and PostgreSQL.

``corpus.upgrade`` runs them. A change of the tables is a file in ``versions`` whose revision is the new
``SCHEMA_VERSION`` of ``corpus.schema`` in four digits, and a line there that says what changed. A new store is made of
the tables themselves, and a test holds both to be the same. ``python -m corpus.migrations "what changes"`` writes the
file from the difference.
"""
