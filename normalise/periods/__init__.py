"""The period of a project and the application period of a call."""
