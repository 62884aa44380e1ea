"""The written reports (绩效评价报告、绩效自评报告): what they say, and how they look in Word.

`outline` is the headings as data, `content` what a report says, read off the scored workbook,
`document` the Word file. Only the last needs libraries, and imports them where they are used.
"""
