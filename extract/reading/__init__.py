"""The reader: from words to figures. Its passes, in their order:

    scan        words classed by the language's tables; numbers, names and days found
    collecting  sender groups, numbers linked to them, which numbers count observers, and whose
    resolve     parts and wholes, status, basis; one figure for what is said twice
    closing, as_of, counts, named, headline   what the report says beside its figures
    checks      the sums that a careful reader makes

Every pass works on classes of words; `extract/languages/<language>/words.toml` says which words they are.
"""
