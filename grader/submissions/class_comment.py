"""Reads the comment by which a submission says which of its classes is the engine.

It counts wherever somebody grades, also where nobody passes options: in a course, in a CI.
"""

from grader.errors import Misused
from grader.submissions.submission import Submission

SIGN = "grade:"


class SeveralComments(Misused):
    """Comments of one submission name different classes."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(
            f"comments name {' and '.join(names)} as the class to grade",
            hint=f"leave one: # grade: class={names[0]}",
        )


def named_class(submission: Submission) -> str | None:
    """Return the class in a comment `# grade: class=Node`, None where there is no such comment.

    Raises:
        SeveralComments: there are several, and they differ.
    """
    texts = submission.cells or (submission.source,)
    if not any(SIGN in text for text in texts):
        return None
    import re

    comment = re.compile(r"#[ \t]*grade:[ \t]*class[ \t]*=[ \t]*([^\W\d]\w*)")
    names = list(dict.fromkeys(name for text in texts for name in comment.findall(text)))
    if len(names) > 1:
        raise SeveralComments(names)
    return names[0] if names else None
