"""A dataset and the catalogue in the words of schema.org, for search engines."""

from django.urls import reverse

from portal.datasets.cataloguing import vocabulary


def dataset_data(record, columns, catalogue_url):
    """Return what schema.org says of a dataset; ``columns`` are those that the reader may see."""
    data = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": record.url,
        "name": record.title,
        "description": record.description,
        "url": record.page_url,
        "identifier": record.url,
        "inLanguage": "vi",
        "keywords": list(record.keywords),
        "creator": _organization(record.publisher),
        "publisher": _organization(record.publisher),
        "license": vocabulary.LICENSE_PAGES.get(record.license) or record.terms_url,
        "isAccessibleForFree": True,
        "conditionsOfAccess": "" if record.is_public else record.sharing,
        "spatialCoverage": {"@type": "Place", "name": record.spatial} if record.spatial else None,
        "variableMeasured": [_variable(column) for column in columns],
        "includedInDataCatalog": {"@type": "DataCatalog", "@id": catalogue_url},
        "datePublished": _moment(record.issued_at),
        "dateModified": _moment(record.changed_at),
    }
    if record.span:
        data["temporalCoverage"] = f"{record.span.start}/{record.span.end}"
    if record.version:
        data["version"] = str(record.version.number)
        data["distribution"] = [
            _download(suffix, address)
            for suffix, address in record.version.files
            if suffix in vocabulary.FORMATS
        ]
    return _told(data)


def catalogue_data(index, publisher, request):
    """Return what schema.org says of the catalogue."""
    return {
        "@context": "https://schema.org",
        "@type": "DataCatalog",
        "@id": request.build_absolute_uri(reverse("catalogue_resource")),
        "name": index.title,
        "url": request.build_absolute_uri(index.get_url(request)),
        "inLanguage": "vi",
        "publisher": _organization(publisher),
    }


def _organization(party):
    return _told(
        {
            "@type": "GovernmentOrganization",
            "name": party.name,
            "url": party.url,
            "email": party.email,
            "telephone": party.phone,
        }
    )


def _variable(column):
    return _told(
        {
            "@type": "PropertyValue",
            "name": column.title or column.name,
            "description": column.description,
            "unitText": column.unit_of_measure,
        }
    )


def _download(suffix, address):
    name, _code, media_type = vocabulary.FORMATS[suffix]
    return {
        "@type": "DataDownload",
        "name": name,
        "encodingFormat": media_type,
        "contentUrl": address,
    }


def _moment(value):
    return value.isoformat() if value else ""


def _told(data):
    """Leave out what says nothing."""
    return {name: value for name, value in data.items() if value not in ("", None, [], {})}
