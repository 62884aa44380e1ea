"""A folder of workbooks: each scored and reviewed, the results on disk, one summary of them all.

`running.run` goes through the folder, `assessing.assess` is what is done to one file,
`journal.Journal` keeps every result, `league` and `statistics` read them back in one pass each, and
`summary_workbook` and `summary_page` show them. Nothing here holds more than one file's result.
"""
