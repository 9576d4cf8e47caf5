"""The citation engine: it renders a record in a citation style written in CSL 1.0.2.

It is the project's own because a formatted citation is what the project exists for, and the engines there are
print wrong data or need a second language. Styles are compiled once to closures; what they print are runs of
rich text, and only `output` turns runs into plain text, Markdown or HTML.
"""
