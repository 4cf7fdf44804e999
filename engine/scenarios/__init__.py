"""Runs the examples of a procedure, and says what no example visits."""

from engine.scenarios.coverage import Coverage
from engine.scenarios.running import ScenarioReport, ScenarioResult, run

__all__ = ["Coverage", "ScenarioReport", "ScenarioResult", "run"]
