"""The pages of a course: the class, a student, those who are alike."""

HERE = __name__
