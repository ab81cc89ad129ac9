"""What each measure counts, in YAML beside the code that reads it: schema.py and loader.py."""
