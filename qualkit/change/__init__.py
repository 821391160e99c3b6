"""What changed? Paired change of a group, reliable change of each case, order of types, all exact for small n."""

from qualkit.change.holm import holm
from qualkit.change.jonckheere import jonckheere_trend
from qualkit.change.page import page_trend
from qualkit.change.paired import paired_change
from qualkit.change.reliable import reliable_change
from qualkit.change.theme import theme_change

__all__ = ["holm", "jonckheere_trend", "page_trend", "paired_change", "reliable_change", "theme_change"]
