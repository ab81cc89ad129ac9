"""From stored figures and tallies to what each measure was, with where every number came from."""
