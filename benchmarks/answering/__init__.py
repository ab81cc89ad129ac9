"""What `respond` is made of: the questionnaire, the sites, the people who answer, the figures."""
