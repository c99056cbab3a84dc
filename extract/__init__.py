"""Page -> article -> report: what an article says about accredited observers.

Pure functions: no network, no storage, no clock. `extract.article` takes the boilerplate off a page and dates it,
`extract.report` reads the figures out of its prose, `extract/languages` holds the words of each language and
`extract/data` the names of bodies, states and elections.
"""
