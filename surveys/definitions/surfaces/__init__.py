"""One definition on other surfaces than the web page: a schema, a codebook, a form on paper."""
