"""Evidence: files that are taken in, examined, cleaned of traces and kept by their content."""
