"""Import the questionnaires of a study's folder; folder and name of a file say which one it is, and of which wave."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path, PurePath

from qualkit.project.journal import Action
from qualkit.project.settings import read_settings
from qualkit.project.study_kinds import FOLDERS, find_wave_in
from qualkit.project.survey_records import StoredSurvey, store_survey
from qualkit.readers import read_survey

_UNNAMED = "survey"


def import_survey(
    action: Action, path: Path, *, place: PurePath | None = None, changed: str = "offer", wave: str | None = None
) -> StoredSurvey:
    """Store the questionnaire in a file; ``place`` is where it lies in the study's folder, by which wave and name go.

    A ``wave`` that is given goes before what the place says.
    """
    waves = read_settings(action.connection)["waves"]
    place = PurePath(path.name) if place is None else place
    found = wave or find_wave_in(place.with_suffix("").parts, waves)
    return store_survey(action, read_survey(path), name=survey_name(place, waves), wave=found, changed=changed)


def survey_name(place: PurePath, waves: Sequence[str]) -> str:
    """What to call the questionnaire in a file: its name without the wave, or the name of its folder.

    >>> survey_name(PurePath("surveys/pre/家庭问卷.csv"), ["pre", "post"])
    '家庭问卷'
    >>> survey_name(PurePath("surveys/家庭问卷_后测.xlsx"), ["pre", "post"])
    '家庭问卷'
    >>> survey_name(PurePath("surveys/家庭问卷/pre.sav"), ["pre", "post"])
    '家庭问卷'
    """
    folders = {name for names in FOLDERS.values() for name in names}
    for part in (place.stem, *(folder for folder in reversed(place.parts[:-1]) if folder.lower() not in folders)):
        words = [word for word in re.split(r"[ _\-]+", part) if word and find_wave_in([word], waves) is None]
        if words:
            return "_".join(words).replace("/", "_")
    return _UNNAMED
