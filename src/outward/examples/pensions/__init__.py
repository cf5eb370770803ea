"""The example workspace 'pensions': principles and targeted objectives in parallel, written by hand."""
