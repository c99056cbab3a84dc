"""What is known: tables, migrations, queries, changes and the outbox of alerts."""
