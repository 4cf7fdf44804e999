"""Every link of the site leads somewhere, for whoever sees it, and what is found there is sound."""

from tests.hold.world import EVERYBODY, EVERYTHING, STARTS, World
from tests.web.client import faults, quickly, thoroughly
from tests.web.test_reading import same

# Tested where they belong: they need an issuer, a provider or a letter, or are no pages.
ELSEWHERE = ("/sign-in", "/static/", "/healthz", "/readyz", "/metrics", "/api/", "/.well-known/")
# They need what the world has not: a correction, a mandate, a business, a code, a passkey, a link, a receipt, a piece
# of a file, a request for a reduction, a question of another office, a procedure with a checklist, a letter, a batch,
# another system, money over the counter. Each has tests of its own, which look at its pages.
NOT_IN_THIS_WORLD = (
    *("/account/", "/mandates/", "/pay/<token>", "/postcodes/", "/profile/", "/r/<text>", "/resume/", "/signed-out"),
    *(
        f"/applications/<application_id>/{page}"
        for page in (
            "acting",
            "certificates/",
            "charges/",
            "correction",
            "devices",
            "letters/",
            "pay/return",
            "stopped",
            "uploads/",
        )
    ),
    *("/applications/<application_id>/withdrawn", "/applications/<application_id>/uploads/"),
    "/desk/cases/<application_id>/correction",
    *("/desk/cases/<application_id>/propose", "/desk/cases/<application_id>/waivers/", "/verify"),
    *("/desk/cases/<application_id>/examination/", "/desk/cases/<application_id>/opinions/", "/desk/opinions/"),
    *(f"/desk/cases/<application_id>/{page}" for page in ("hand/", "letters/", "<any(revoke, reopen)", "spelling/")),
    *("/desk/batches/", "/operator/clients/"),
    *("/counter", "/finance/bank/files/", "/finance/bank/statements/"),
)

OFFICE = ("sato", "suzuki", "hayashi", "noda")


def test_nothing_is_broken_for_anybody(world: World) -> None:
    found = sorted({fault[:300] for fault in world.found})
    assert not found, "\n".join(found[:40])


def test_the_crawl_was_one(world: World) -> None:
    for name in STARTS:
        assert len(world.crawlers[name].visited) > 1, name
    assert world.album.seen > 400


def test_pages_that_are_read_quickly_are_read_rightly(world: World) -> None:
    for page in list(world.album.pages.values())[:: 1 if EVERYTHING else 10]:
        quick = quickly(page.html)
        assert quick is not None, page
        assert same(quick, thoroughly(page.html)[0]), page


def test_no_page_of_the_site_is_left_out(world: World) -> None:
    pages = {rule.rule for rule in world.app.url_map.iter_rules() if "GET" in rule.methods}
    seen = {rule for crawler in world.crawlers.values() for rule in crawler.times}
    pages = {rule for rule in pages if not rule.endswith(".csv")}  # downloads are no pages
    left_out = {rule for rule in pages - seen if not rule.startswith(ELSEWHERE + NOT_IN_THIS_WORLD)}
    assert not left_out, f"no link leads there, or the world lacks what is needed: {sorted(left_out)}"


def test_what_hanako_sees_of_hers_is_not_there_for_others(world: World) -> None:
    hers = {path for path in world.crawlers["hanako"].visited if path.startswith("/applications/")}
    assert len(hers) > 100
    for name in ("visitor", "taro", *(name for name, actor in EVERYBODY.items() if actor.kind == "staff")):
        browser = world.somebody(name)
        for path in sorted(hers)[:: 7 if name != "taro" else 1]:
            if "/attachments/" in path and name in OFFICE:
                continue  # papers that were sent are the office's to read
            page = browser.get(path)
            page.close()
            assert page.status_code in {404, 302, 303}, (name, path, page.status_code)
            assert not faults(page)
