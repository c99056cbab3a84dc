"""When: the daemon, its timetable, the health of sources."""
