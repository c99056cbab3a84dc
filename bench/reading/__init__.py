"""What reading costs: our reader, our whole page path, and what others take to find a page's text."""
