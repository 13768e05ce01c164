"""From text to facts: header, sections, citations, deadlines, duties and contradictions of a directive."""
