"""Link: facts of many pages meet in organisations, projects, calls, awards and contacts."""
