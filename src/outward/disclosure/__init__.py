"""Small numbers: policies, and `release`, the one door through which an answer leaves."""
