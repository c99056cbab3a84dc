"""`accredwatch doctor`: tests what the program depends on, and says the remedy of what it finds."""
