"""A draft for people and programs: Word in the layout of Nghị định 30/2020, the task table, JSON, sentences."""
