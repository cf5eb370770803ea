"""What a public body knows and decided: `kinds` of record, read and built into one `contents.Workspace`.

`fields`, `records` and `header` define them, `building` makes a workspace of them or says every problem at its place.
`folder`, `workbook` and `homes` keep them, `exchange` carries them between, `meaning` reads them together.
"""
