"""What was answered, written down so that equal answers look equal: chosen options are a set."""

from content.quiz import Question, Response

CHOICES = ("single", "multiple", "truefalse")


def settled(asked: Question, response: Response) -> Response:
    """Return ``response`` with the options and areas chosen in the order of their ids, each once.

    What is no answer to ``asked`` comes back as it is: the grader says so.
    """
    return _settled(asked.kind, response, getattr(asked, "parts", {}))


def _settled(kind: str, response: Response, parts: dict[str, Question]) -> Response:
    if kind in CHOICES:
        return _as_set(response)
    if kind == "hotspot" and isinstance(response, dict) and "areas" in response:
        return {**response, "areas": _as_set(response["areas"])}
    if kind == "case" and isinstance(response, dict):
        return {
            id_: settled(parts[id_], one) if id_ in parts else one for id_, one in response.items()
        }
    return response


def _as_set(chosen: Response) -> Response:
    if isinstance(chosen, list) and all(isinstance(one, str) for one in chosen):
        return sorted(set(chosen))
    return chosen
