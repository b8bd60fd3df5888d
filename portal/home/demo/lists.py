"""In which lists the demo's datasets stand, and what catalogues are told of them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Listing:
    """What the page of a dataset says under “In lists and catalogues”."""

    theme: str
    keywords: str
    master: bool = False
    shared: bool = True
    way: str = "sync"


PLACE = "Tỉnh An Thịnh"
LISTINGS = {
    "thu-tuc-hanh-chinh": Listing("GOVE", "thủ tục hành chính, dịch vụ công", way="query"),
    "phan-anh-hien-truong": Listing("GOVE", "phản ánh hiện trường, đô thị", shared=False, way=""),
    "kham-chua-benh": Listing("HEAL", "khám chữa bệnh, sốt xuất huyết", way="national"),
    "hoc-sinh-chuyen-can": Listing("EDUC", "học sinh, chuyên cần"),
    "thu-ngan-sach": Listing("ECON", "thu ngân sách, giải ngân, đầu tư công", way="national"),
    "dang-ky-doanh-nghiep": Listing("ECON", "doanh nghiệp, đăng ký", master=True),
    "an-toan-giao-thong": Listing("TRAN", "tai nạn, vi phạm giao thông", way="query"),
    "moi-truong": Listing("ENVI", "không khí, nước, chất thải", shared=False, way=""),
    "cap-phep-xay-dung": Listing("REGI", "giấy phép xây dựng, trật tự xây dựng", master=True),
    "cong-nghiep-dien": Listing("ENER", "công nghiệp, điện thương phẩm"),
}


def catalogued(code, *, sharing):
    """Return the fields of a dataset page by which catalogues know the dataset ``code``."""
    listing = LISTINGS[code]
    is_open = sharing == "public"
    return {
        "in_master_list": listing.master,
        "in_shared_list": listing.shared,
        "in_open_list": is_open,
        "sharing_way": listing.way,
        "theme": listing.theme,
        "keywords": listing.keywords,
        "spatial": PLACE,
        "license": "CC_BY_4_0" if is_open else "",
    }
