"""One file per sink, found by its `TARGETS`."""
