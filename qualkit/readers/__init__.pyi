from .attendance import read_attendance
from .consents import read_consents
from .decode import decode_text
from .observation import read_observation_record, read_observation_source, read_observations
from .people import read_people
from .responses import read_responses
from .sources import SOURCE_SUFFIXES, read_source, read_sources
from .speakers import find_turns
from .survey import SURVEY_SUFFIXES, read_survey
from .survey_model import Survey
from .survey_responses import survey_responses
from .table import read_table

__all__ = [
    "SOURCE_SUFFIXES",
    "SURVEY_SUFFIXES",
    "Survey",
    "decode_text",
    "find_turns",
    "read_attendance",
    "read_consents",
    "read_observation_record",
    "read_observation_source",
    "read_observations",
    "read_people",
    "read_responses",
    "read_source",
    "read_sources",
    "read_survey",
    "read_table",
    "survey_responses",
]
