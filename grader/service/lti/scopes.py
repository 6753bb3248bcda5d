"""What we ask LMSs to be allowed: columns of marks, marks, and rosters."""

from typing import Final

AGS: Final = "https://purl.imsglobal.org/spec/lti-ags/scope/"
LINEITEM: Final = AGS + "lineitem"
SCORE: Final = AGS + "score"
RESULT: Final = AGS + "result.readonly"
ROSTER: Final = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"
ALL_SCOPES: Final = (LINEITEM, SCORE, RESULT, ROSTER)
