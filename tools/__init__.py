"""Scripts that make the data files of the package; run by hand, never by the auditor."""
