import json
from datetime import date

import pytest

from measures.publications.csv_file import render_csv
from measures.publications.sign_off import build_statement
from tests.factories.figures import make_seed_figures


@pytest.mark.django_db
def test_try(django_assert_max_num_queries):
    make_seed_figures()
    with django_assert_max_num_queries(30) as c:
        s = build_statement(date(2022, 11, 1), actor="me")
    for q in c.captured_queries:
        print(q["sql"][:150])
    b = json.loads(s.bundle)
    for x in b["summary"]:
        print("*", x)
    for m in b["measures"]:
        print("-", m["sentence"])
        print(
            "    ",
            m["chart"] and (m["chart"]["title"], m["chart"]["subtitle"], m["chart"]["alternative"]),
            m["tags"],
        )
    print(b["sources"], len(s.bundle))
    print(render_csv(b).decode())
