"""Charts of the totals: what is shown, apart from how it is drawn.

accredwatch.charts.chart
    Chart, Curve, Point                   what is shown: plain values
accredwatch.charts.election
    chart_of(session, election, names, today) -> Chart     one election over the days
accredwatch.charts.comparison
    comparison_of(session, elections, names, today) -> Chart   several, aligned by days before the vote
accredwatch.charts.drawing
    draw(chart, kind, *, size, scheme) -> bytes            SVG or PNG, the same bytes for the same chart
accredwatch.charts.picture
    Kind, Size                                             what pictures there are
accredwatch.charts.interactive
    plot(chart) -> dict                                    what the page's script draws
"""
