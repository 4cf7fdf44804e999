"""Whatever conditions a procedure has, and wherever they stand, the form and the schema agree."""

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from engine.compiling import Concepts, compile_procedure
from tests.engine.submission_schema.answers import submissions
from tests.engine.submission_schema.procedures import specs
from tests.engine.submission_schema.sides import sides_of


@given(specs(), st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_they_agree(source: str, data: st.DataObject) -> None:
    found = compile_procedure(source, "spec.yaml", Concepts.empty())
    errors = {problem.code for problem in found.problems if problem.severity == "error"}
    assert errors <= {"never-shown"}
    assume(found.procedure is not None)
    both = sides_of(source, "")
    for _ in range(6):
        both.agree(data.draw(submissions(both.procedure)))
