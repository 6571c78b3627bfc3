"""PP-OCR's two networks: one finds lines of text in a picture, the other reads one line."""
