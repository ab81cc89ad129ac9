"""The telephone interviewer's pages: none yet."""
