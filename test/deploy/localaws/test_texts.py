"""The texts of AWS that the local API has: their record, and how they are read from the source."""

import re
import unittest

from . import texts

_SOURCE = """
_LIST = ("a", "b")


def _check(call, size):
    if call.first:
        text = f"The thing {call.name} is one"
        raise refusal("ec2", "One", text)
    text = None
    if size > 2:
        text = "It is large"
    elif size > 1:
        text = f"It has {size} of {', '.join(_LIST)}"
    if text:
        raise refusal("ec2", "Size", f"{text}, not small")
    raise refusal("ec2", "Last", "one" if size else "other")


def _lists(call):
    failed = {"Code": "Listed", "Message": f"{call.name} fails"}
    raise ValidationError(message="the local API does not know that")


def _refusal(text):
    return refusal("elbv2", "Helped", text)


def _helped():
    raise _refusal("With help")
"""


class TestTexts(unittest.TestCase):
    def test_the_record(self) -> None:
        text = "python3 -m localaws.texts, in test/deploy, writes it; internal/awserrors then needs a cause and a remedy"
        self.assertEqual(texts.RECORD.read_text(), texts.recorded(), text)

    def test_reading(self) -> None:
        found = [(each["code"], each["words"]) for each in texts.Source("refusals", "a.py", _SOURCE).texts()]
        want = [
            ("One", "The thing … is one"),
            ("Size", "It has … of …, not small"),
            ("Size", "It is large, not small"),
            ("Last", "one"),
            ("Last", "other"),
            ("Listed", "… fails"),
            ("ValidationError", "the local API does not know that"),
            ("Helped", "With help"),
        ]
        self.assertEqual(sorted(want), sorted(found))

    def test_each_file_of_refusals_is_read(self) -> None:
        """A refusal in a form that is not understood would be missing without a word."""
        for path in texts.files():
            source = path.read_text()
            helpers = len(re.findall(r"def _refus\w+\(text: str\)", source))
            count = len(re.findall(r"raise _?refusal\(|_refuse\(f?\"", source)) - helpers
            read = texts.Source(path.parent.name, path.name, source).count()
            self.assertGreaterEqual(read, count, path)


if __name__ == "__main__":
    unittest.main()
