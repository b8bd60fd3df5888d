def slugify_vi(text, max_length=80):
    return text
