"""What a PDF needs beyond what reportlab offers."""
