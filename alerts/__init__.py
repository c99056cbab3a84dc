"""Whom to tell and how: what a change reads like, the channels, delivery from the outbox."""
