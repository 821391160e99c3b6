"""Settings for all tests: hypothesis measures no time, since machines differ."""

from hypothesis import settings

settings.register_profile("qualkit", deadline=None)
settings.load_profile("qualkit")
