"""Downloader middlewares: what is asked, how politely, and what an answer means. They ask; they never write."""
