"""The database: engines, columns, units of work, the journal, schema and backup."""
