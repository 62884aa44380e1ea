"""Evaluation tables as people send them: any layout, .xlsx to .docx, read into one `Form`."""
