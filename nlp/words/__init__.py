"""Words as such: folding, patterns and tables, verbs, capitals, sentences, the spaCy pipeline."""
