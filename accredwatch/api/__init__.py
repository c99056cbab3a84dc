"""The interface for programs: JSON under /api/v1, Atom feeds, metrics, a sign of life.

accredwatch.api.app         make_api(Context) -> FastAPI, the JSON interface with a description of itself
accredwatch.api.problems    what an error looks like: RFC 9457, with a remedy
accredwatch.api.answers     pages of a list, links to the next one, 304 for what has not changed
accredwatch.api.asked       what may be asked for in an address: unknown parameters are errors
accredwatch.api.elections, .reports, .changes, .sources, .schemas
                            a module a kind of thing: its `router` answers with JSON
accredwatch.api.feeds, .monitoring
                            beside the JSON interface: their `router` answers feed readers and monitoring
"""
