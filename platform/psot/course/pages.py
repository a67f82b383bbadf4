"""The racer's page."""

from flask import Blueprint

blueprint = Blueprint("course", __name__, template_folder="templates")
