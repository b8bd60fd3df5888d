#!/usr/bin/env bash
# Remove what can be made again. The database, uploads and pictures in var/ stay.
set -euo pipefail
cd "$(dirname "$0")/.."

rm -rf .venv .ruff_cache .hypothesis htmlcov .coverage var/static var/static.stamp
find . -path ./.git -prune -o -type d -name __pycache__ -prune -exec rm -rf {} +
find portal search -name '*.mo' -delete
echo "Removed .venv, caches, collected static files and compiled catalogues; var/ keeps your data."
