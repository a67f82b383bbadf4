"""What can go wrong in study."""

from psot.errors import Conflict, Invalid, NotFound


class UnknownPlan(NotFound):
    """No such plan, or it is not published."""

    code = "unknown_plan"


class UnknownCourse(NotFound):
    """No such way through a plan of this member."""

    code = "unknown_course"


class NoCourse(Conflict):
    """The member follows no plan now."""

    code = "no_plan_chosen"


class CourseOver(Conflict):
    """The course was renewed: its year is history."""

    code = "course_over"


class LimitInvalid(Invalid):
    """A day's set is of so many questions at least and at most."""

    code = "invalid_limit"
