"""What the readers of chats share: opened text, the account of its lines, dates, sides, placeholders."""
