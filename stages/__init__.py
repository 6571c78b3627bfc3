"""The work: pure stages, in the order in which evidence becomes a dossier."""
