"""The workbook: where its cells are, how they are read, scored and filled."""
