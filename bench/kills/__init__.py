"""The daemon killed again and again in the middle of a campaign: what arrives, what comes twice, what is lost."""
