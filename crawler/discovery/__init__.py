"""Reading the documents that list articles: feeds, sitemaps, listings. Pure functions over bytes."""
