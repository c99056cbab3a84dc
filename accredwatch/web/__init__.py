"""The page for people and the interface for programs, served by `accredwatch serve`.

accredwatch.web.app
    make_app(Context) -> FastAPI        pages, API, feeds and metrics on one database
accredwatch.web.context
    Context(database, settings, clock)  what every route needs; `ask(request)` finds it
accredwatch.web.access
    install(app, context)               the guard before every route: who may read, who may act
accredwatch.web.visitor
    visitor_of(request) -> Visitor      who asks, and what they may do
accredwatch.web.pages, a module a page: its `router` answers with HTML
accredwatch.api, a module a kind of thing: its `router` answers with JSON
"""
