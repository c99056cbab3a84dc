"""The page for people and the interface for programs, served by `accredwatch serve`.

accredwatch.web.app
    make_app(Context) -> FastAPI        pages, API, feeds and metrics on one database
accredwatch.web.context
    Context(database, settings, clock)  what every route needs; `ask(request)` finds it
accredwatch.web.pages, a module a page: its `router` answers with HTML
accredwatch.api, a module a kind of thing: its `router` answers with JSON
"""
