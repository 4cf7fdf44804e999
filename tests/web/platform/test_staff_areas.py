"""What stands below an area of staff is for staff, whoever declared it."""

from flask import Flask

from web.access import POLICIES

AREAS = ("/desk", "/finance", "/counter", "/operator", "/author", "/audit", "/manage")


def test_every_page_of_an_area_of_staff_is_for_staff_alone(app: Flask) -> None:
    declared = app.extensions[POLICIES]
    below = [rule for rule in app.url_map.iter_rules() if f"/{rule.rule.split('/')[1]}" in AREAS]
    assert {f"/{rule.rule.split('/')[1]}" for rule in below} == set(AREAS)
    assert [rule.rule for rule in below if not all(who.action for who in declared[rule.endpoint].who)] == []
