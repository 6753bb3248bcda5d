"""A small course, and what Canvas and Moodle export of it, to those formats' letter."""

from grader.course.gradebook.column_scores import Got
from grader.course.gradebook.csv_sheet import BOM
from grader.course.gradebook.matching import Person
from grader.course.marks import Mark, Scored
from grader.submissions.student import Student

CHECKS = (Scored("power_values", "passed", 1.0, 1.0), Scored("tanh", "failed", 0.0, 4.0, ("P1",)))
ANT = Student("antalice_4711", "antalice", "4711", "99")
BEE = Student("beezoë_4712", "beezoë", "4712", "98")

CANVAS = (
    'Student,ID,SIS User ID,SIS Login ID,Section,"Powers, again (77)",Exercise 8 (76),Final Score\n'
    "    Manual Posting,,,,,Manual Posting,,\n"
    "    Points Possible,,,,,5.00,10.00,(read only)\n"
    '"Ant, Alice",4711,s1,alice@x.org,"1, Monday",,9.5,"88,1"\n'
    '"Bee, Zoë",4712,s2,zoe@x.org,"1, Monday",4,,12\n'
    '"Cat, ""C"" Cy",4713,s3,cy@x.org,2,3.5,EX,\n'
    '"Student, Test",,,,,,,\n'
)
MOODLE = (
    'Identifier,"Full name","Email address",Status,Grade,"Maximum grade","Grade can be changed",'
    '"Last modified (submission)","Last modified (grade)","Feedback comments"\n'
    '"Participant 2","Alice Ant",alice@x.org,"Submitted for grading",,5.00,Yes,'
    '"Monday, 5 October 2026, 10:00 AM",-,\n'
    '"Participant 3","Zoë Bee",zoe@x.org,"Submitted for grading",4.00,5.00,Yes,'
    '"Monday, 5 October 2026, 11:00 AM",-,"Well done, Zoë"\n'
    '"Participant 4","Cy Cat",cy@x.org,"No submission",,5.00,No,-,-,\n'
)
GERMAN = (
    'ID,"Vollständiger Name",E-Mail-Adresse,Status,Bewertung,"Beste Bewertung",'
    '"Bewertung kann geändert werden","Zuletzt geändert (Abgabe)","Zuletzt geändert (Bewertung)",'
    '"Feedback als Kommentar"\n'
    '"Teilnehmer/in2","Alice Ant",alice@x.org,Abgegeben,,"5,00",Ja,-,-,\n'
    '"Teilnehmer/in3","Zoë Bee",zoe@x.org,Abgegeben,"4,00","5,00",Ja,-,-,Gut\n'
    '"Teilnehmer/in4","Cy Cat",cy@x.org,"Keine Abgabe",,"5,00",Nein,-,-,\n'
)


def exported(text: str, *, bom: bool = True, end: str = "\r\n") -> bytes:
    """Return a system's file as bytes."""
    return (BOM if bom else b"") + text.replace("\n", end).encode()


def mark(student: Student, score: float | None, exercise: str = "my475/ex9") -> Mark:
    """Return a mark out of 5 points."""
    problem = "" if score is not None else "no script"
    page = f"reports/{student.key}.html"
    return Mark(
        student, exercise, "Powers", score, 5.0, score, problem=problem, page=page, checks=CHECKS
    )


def got(student: Student, score: float | None, shape: str = "", **known: str) -> Got:
    """Return what a student gets in a column of 5 points."""
    person = Person(student, known, shape, vouched=bool(known))
    return Got(person, score, 5.0, f"{score} of 5", f"reports/{student.key}.html")
