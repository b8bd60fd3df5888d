"""Where a document is from: the small print at its end, the same in every format."""

from dataclasses import asdict, dataclass
from datetime import date

from portal.core.formats import format_date_long

NOT_THE_ORIGINAL = (
    "Bản này để tra cứu; văn bản có giá trị pháp lý là bản do cơ quan ban hành ký, phát hành."
)


@dataclass(frozen=True)
class Origin:
    """Address and edition of a text. Dates are ISO strings; an edition's number of 0 is none.

    Nothing here tells when a document was made: the same content is the same document.
    """

    slug: str = ""
    address: str = ""
    edition_number: int = 0
    effective_on: str = ""
    enacted_by: str = ""
    sha256: str = ""
    is_asked_for: bool = False  #: whether the reader asked for this edition and not for the text

    def sentences(self):
        """Return the lines of the small print."""
        lines = []
        if self.address:
            lines.append(f"Địa chỉ của văn bản trên Cổng thông tin: {self.address}")
        if self.edition_number:
            edition = f"Phiên bản số {self.edition_number}"
            if self.effective_on:
                since = format_date_long(date.fromisoformat(self.effective_on))
                edition += f", có hiệu lực từ {since}"
            if self.enacted_by:
                number = "văn bản số " if self.enacted_by[0].isdigit() else ""
                edition += f", ban hành theo {number}{self.enacted_by}"
            lines.append(f"{edition}.")
        if self.sha256:
            lines.append(f"Mã băm SHA-256 của phiên bản: {self.sha256}")
        return [*lines, NOT_THE_ORIGINAL]

    def as_data(self):
        """Return the origin as plain data."""
        return asdict(self)
