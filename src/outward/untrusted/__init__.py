"""Files that others made and that may be built to do harm: bounded blocks, archives, workbooks checked first."""
