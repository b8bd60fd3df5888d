"""The numbers of docs/performance.md, measured."""
