"""Import the people of a study: participants with their attributes, relations, and what they agreed to."""

from __future__ import annotations

from pathlib import Path

from qualkit.project.consents import import_consent_table
from qualkit.project.journal import Action
from qualkit.project.people import import_people
from qualkit.project.relations import import_relation_table
from qualkit.project.study import Study
from qualkit.project.study_rules import apply_speakers


def import_participants(action: Action, path: Path, study: Study) -> str:
    """Add the cases of a table, or bring known ones up to date."""
    detail = import_people(action, path, sites=study.sites)
    apply_speakers(action)
    return detail


def import_relations(action: Action, path: Path, study: Study) -> str:
    """Add the relations of a table."""
    return import_relation_table(action, path)


def import_consents(action: Action, path: Path, study: Study) -> str:
    """Store what the people of a table agreed to."""
    return import_consent_table(action, path)
