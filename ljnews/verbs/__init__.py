"""The command line's further verbs: `store.py` (run, export, diff, query, forget) and `fetch.py` (fetch, archive, sites)."""
