"""The API: `/api/v1` for programs, and tokens; `room.install` brings it into the app."""
