"""The beginning: what `accredwatch init` asks, and the files that it makes of the answers.

answers     what was chosen, checked            config_text  the packaged config.toml with the choices in it
questions   asks for it on a terminal           writing      the files, all of them or none
"""
