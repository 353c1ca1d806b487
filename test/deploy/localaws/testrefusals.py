"""Tables of refusals: what does each of them, with its code and a part of its words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from botocore.exceptions import ClientError

from .services.api import REFUSED, Refusal
from .testaccounts import LatticeCase

Deed = Callable[[LatticeCase], Any]


class Table:
    """Cases of the refusals of services."""

    def __init__(self) -> None:
        self.cases: list[tuple[str, str, str, Deed]] = []

    def case(self, name: str, code: str, words: str, deed: Deed) -> None:
        self.cases.append((name, code, words, deed))

    def __call__(self, name: str, code: str, words: str) -> Callable[[Deed], Deed]:
        """A refusal by its name, its code, and a part of its words. The function does what is refused."""

        def register(deed: Deed) -> Deed:
            self.case(name, code, words, deed)
            return deed

        return register

    def check(self, test: LatticeCase) -> None:
        """Assert that each deed is refused, by one refusal alone."""
        for name, code, words, deed in self.cases:
            with test.subTest(name=name, words=words):
                test.clear()
                REFUSED.clear()
                with test.assertRaisesRegex(ClientError, rf"\({code}\).*{words}"):
                    deed(test)
                test.assertEqual({name}, REFUSED)

    def check_complete(self, test: LatticeCase, refusals: Iterable[Refusal]) -> None:
        """Assert that each refusal has a case and a page."""
        listed = list(refusals)
        test.assertEqual(set(), {refusal.name for refusal in listed} ^ {name for name, *_ in self.cases})
        for refusal in listed:
            test.assertTrue(refusal.page.startswith("https://docs.aws.amazon.com/"), refusal.name)
