"""Where a workspace is at home, a folder or a database: how it begins, changes, is merged and looked back at."""
