"""The reader: from words to figures. Sentences are scanned, numbers linked to senders, parts to wholes; arithmetic decides."""
