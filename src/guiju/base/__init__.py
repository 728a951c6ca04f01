"""The ground everyone stands on: the record, files, pages, witnesses."""
