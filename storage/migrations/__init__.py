"""The schema's history, one module a step, run by `storage.schema`."""
