"""What a store of a million articles costs: an idle poll, the pages, the interface for programs, exports."""
