"""From a schema to questions: what is asked, under which name, when, and what stays a rule of JSON Schema."""
