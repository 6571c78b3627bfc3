"""Tables as files hold them: delimited text and workbooks, opened for whoever reads their rows."""
