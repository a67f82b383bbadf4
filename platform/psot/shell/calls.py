"""How templates call functions: a page does it some hundred times, and mostly the same two kinds.

Jinja asks of each callable anew whether it wants the context, whatever it is. A macro always wants
the autoescaping, a plain function nothing, a sentence the autoescaping: these are called at once.
"""

from types import FunctionType
from typing import Any

from flask import Flask
from jinja2 import pass_eval_context
from jinja2.runtime import Context, Macro

_WANTS = "jinja_pass_arg"
_AUTOESCAPING = getattr(pass_eval_context(lambda: None), _WANTS)


class QuickContext(Context):
    """A context whose calls come to the same as Jinja's own."""

    def call(self, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call ``obj`` from a template with whatever it asks for besides."""
        kind = type(obj)
        if kind is Macro:
            wanted = _AUTOESCAPING
        elif kind is FunctionType:
            wanted = getattr(obj, _WANTS, None)
        else:
            return super().call(obj, *args, **kwargs)
        if wanted is _AUTOESCAPING:
            args = (self.eval_ctx, *args)
        elif wanted is not None:
            return super().call(obj, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        try:
            return obj(*args, **kwargs)
        except StopIteration:
            return self.environment.undefined("a callable raised StopIteration")


def install(app: Flask) -> None:
    """Let the templates of ``app`` call so."""
    app.jinja_env.context_class = QuickContext
