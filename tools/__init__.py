"""What is used around the program: the pages of the documentation and their pictures. Not part of what is installed."""
