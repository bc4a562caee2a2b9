"""Finders over a string: dates, words, scripts, languages, signs of spam and of rewriting."""
