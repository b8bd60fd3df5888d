"""A portal set up from its regulation: what the text proposes, what stands, what is to be done."""
