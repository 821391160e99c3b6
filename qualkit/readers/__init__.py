"""A file becomes sources or a table: transcripts, records, ratings and answers."""

from qualkit.readers.attendance import read_attendance
from qualkit.readers.consents import read_consents
from qualkit.readers.decode import decode_text
from qualkit.readers.observation import read_observation_record, read_observation_source, read_observations
from qualkit.readers.people import read_people
from qualkit.readers.responses import read_responses
from qualkit.readers.sources import SOURCE_SUFFIXES, read_source, read_sources
from qualkit.readers.speakers import find_turns
from qualkit.readers.survey import SURVEY_SUFFIXES, read_survey
from qualkit.readers.survey_model import Survey
from qualkit.readers.survey_responses import survey_responses
from qualkit.readers.table import read_table

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
