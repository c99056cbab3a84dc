"""When: the daemon, its timetable, the health of sources, the sign of life.

daemon      what one process does           timetable   when a source is due
plan        what it goes by, until reloaded
running     run_daemon: start and stop      jumps       when the clock was put back
health      what a source's crawls say      rhythm      how long it may be quiet
telling     which notice comes next         watch       looks after each crawl, and tells
progress    does the daemon get anywhere?   ping        the dead-man's switch
notify      what systemd is told
overview    how everything is, for `accredwatch status`
engine      who does what is due            in_process  the daemon itself
jobs        a crawl, a round of delivery    queue       workers on many machines
outlets     sources that share a host
"""
