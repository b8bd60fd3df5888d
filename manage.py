#!/usr/bin/env python3
"""Run the portal's commands; ``manage.py help`` lists them."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    kind = "test" if sys.argv[1:2] == ["test"] else "dev"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"portal.settings.{kind}")
    execute_from_command_line(sys.argv)
