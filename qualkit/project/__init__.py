"""The project file: the only place that speaks SQL."""

from qualkit.project.project import Project, create_project, open_project
from qualkit.project.study import Study, read_study
from qualkit.project.undo import Event

__all__ = ["Event", "Project", "Study", "create_project", "open_project", "read_study"]
