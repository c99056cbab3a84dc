"""Everything on record as tables: the same columns as CSV, JSON Lines or Parquet.

accredwatch.export.tables     which tables there are, their columns, and where their rows come from
accredwatch.export.formats    how rows are written, one after the other
accredwatch.export.files      into a file that is there whole or not at all
"""
