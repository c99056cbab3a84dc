"""How fast the past is read out of WARC files of others, nearly all of whose pages are of no source of ours."""
