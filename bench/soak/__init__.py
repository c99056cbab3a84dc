"""The daemon's memory, file descriptors and threads over thousands of crawls in one process."""
