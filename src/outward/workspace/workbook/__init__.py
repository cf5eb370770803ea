"""A workspace as a workbook: written as XLSX or ODS, and read back from any spreadsheet program."""
