"""The parts of the dossier, in the order in which they are bound."""
