"""Staff screens of meetings, tasks and assessments."""
