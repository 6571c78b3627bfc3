"""What several stages share about language: times, money, encodings, text. Ring 0 and the standard library only."""
