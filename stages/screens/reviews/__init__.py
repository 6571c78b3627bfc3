"""Notes, comments and reviews on screens: what the layouts share, and one file a layout."""
