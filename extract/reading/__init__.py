"""The reader: from words to figures. Its passes, in their order:

    scan        words classed by the language's tables; numbers, names and days found
    polls       which poll, and which sentences speak of another one
    collecting  sender groups, numbers linked to them, whose each is, and which count observers
    resolve     parts and wholes, status, basis; one figure for what is said twice
    weighing    what the traits of a figure say against the rules' status and basis
    headline, closing, counts, named, as_of   what the report says beside its figures
    checks      the sums that a careful reader makes; decided: those that told how a number is read

Every pass works on classes of words; `extract/languages/<language>/words.toml` says which words they are.
"""
