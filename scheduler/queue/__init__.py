"""The engine of many machines: the daemon puts what is due into a queue, workers on any host take it from there.

The queue is Procrastinate's, in a PostgreSQL schema of its own beside the tables. It holds nothing that counts: what is
due follows from the tables, so that a queue that is lost is filled anew at the next tick.

names       what the jobs are called        tables      the queue's tables, made and moved forward
broker      puts jobs in, takes them back   engine      the daemon's side of it
tasks       what a worker does with a job   worker      run_worker: start and stop
overview    who works, what waits           past        WARC files and the archive, read by a worker
"""
