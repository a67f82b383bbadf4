"""The readable page of the API: the OpenAPI document, told in words."""
