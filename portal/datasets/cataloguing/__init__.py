"""The published data as catalogues of others read it: DCAT, schema.org, data packages, feeds."""
