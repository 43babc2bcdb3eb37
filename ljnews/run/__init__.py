"""Running: one pure function per page, the spaCy pipeline around the extractors, inputs, jobs, pools."""
