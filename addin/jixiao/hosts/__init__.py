"""A workbook wherever it is open: a file on disk, Excel through xlwings, Calc through UNO."""
