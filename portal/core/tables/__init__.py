"""Catalogues in and out as files, through django-import-export behind one screen."""
