"""A new source: what the outlet's pages tell of it, and the files that `accredwatch new-source` writes.

addresses   the pattern of articles' addresses, of links    survey   what a page tells of its outlet
layout      where body and date stand on a page             draft    the table, from all of it
writing     the table, the page, the test
"""
