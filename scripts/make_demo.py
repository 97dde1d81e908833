"""Makes the pictures of the demo (resources/demo): made-up cards before a camera, and made-up papers to scan.

Nothing here copies a real card or form: the layouts are plain, and everything says that it is a specimen. Run it again
after a change: `.venv/bin/python -m scripts.make_demo`. The pictures are the same on every run.
"""

from pathlib import Path

import cv2
import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFilter

from commands.demo_badges import DEMO_HELPERS
from commands.self_command import self_command
from commands.specimen_card import CARD_2021, CARD_2024, INK, draw_card, font, watermark
from devices.badge_pdf import BadgePdf
from devices.pages import PicturePages
from devices.paper_sheet import wrap
from devices.pictures import to_page
from kiosk.badge_card import BadgeCard

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "resources" / "demo"

A4_PX = (1654, 2339)  # 200 dpi
SCENE_PX = (1920, 1080)
BADGE_DPI = 400
BADGE_MM = (30, 52, 115.6, 106)  # left, top, right, bottom of the card on its page (_badge.typ)
SEAL_RED = (196, 32, 38)


def before_camera(card: Image.Image, corners: list[tuple[float, float]], seed: int) -> Image.Image:
    """The card held over a desk: perspective, uneven light, a little blur and noise, as a webcam gives."""
    random = np.random.default_rng(seed)
    width, height = SCENE_PX
    across = np.linspace(0, 1, width, dtype=np.float32)
    grain = cv2.GaussianBlur(random.normal(0, 1, (height, 1)).astype(np.float32), (1, 31), 0) * 14
    desk = np.stack([np.repeat(grain, width, axis=1) + level for level in (146, 118, 92)], axis=2)
    source = np.array([(0, 0), (card.width, 0), (card.width, card.height), (0, card.height)], np.float32)
    turn = cv2.getPerspectiveTransform(source, np.array(corners, np.float32))
    flat = np.asarray(card, np.float32)
    laid = cv2.warpPerspective(flat, turn, SCENE_PX, flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.ones(flat.shape[:2], np.float32), turn, SCENE_PX, flags=cv2.INTER_LINEAR)
    shadow = cv2.GaussianBlur(np.pad(mask, ((14, 0), (10, 0)))[:height, :width], (0, 0), 14)
    scene = desk * (1 - 0.45 * shadow[..., None]) * (1 - mask[..., None]) + laid * mask[..., None]
    scene *= (1.02 - 0.22 * across)[None, :, None]
    scene = cv2.GaussianBlur(scene, (0, 0), 0.7) + random.normal(0, 1.6, scene.shape)
    return Image.fromarray(np.clip(scene, 0, 255).astype(np.uint8))


def draw_badge(card: BadgeCard) -> Image.Image:
    """A helper's badge as it is printed, cut out of its page."""
    writer = BadgePdf(self_command("typst-worker"), ROOT / "resources" / "declarations", ROOT / "resources" / "fonts")
    page: Image.Image = pypdfium2.PdfDocument(writer.render(card))[0].render(scale=BADGE_DPI / 72).to_pil()
    left, top, right, bottom = (round(edge_mm / 25.4 * BADGE_DPI) for edge_mm in BADGE_MM)
    return page.convert("RGB").crop((left, top, right, bottom))


def seal(diameter_px: int) -> Image.Image:
    """A round red stamp that only says it is a specimen."""
    stamp = Image.new("RGBA", (diameter_px, diameter_px), (255, 255, 255, 0))
    draw = ImageDraw.Draw(stamp)
    middle = diameter_px // 2
    for inset, width in ((4, 9), (26, 4)):
        draw.ellipse((inset, inset, diameter_px - inset, diameter_px - inset), outline=SEAL_RED, width=width)
    draw.text((middle, middle - 22), "MẪU", font=font(diameter_px // 4, "Bold"), fill=SEAL_RED, anchor="mm")
    draw.text(
        (middle, middle + 62), "KHÔNG CÓ GIÁ TRỊ", font=font(diameter_px // 13, "Bold"), fill=SEAL_RED, anchor="mm"
    )
    return stamp.rotate(9, Image.Resampling.BICUBIC)


def signature(draw: ImageDraw.ImageDraw, x: int, y: int) -> None:
    """A scribble in blue ink."""
    along = np.linspace(0, 1, 160)
    xs = x + 330 * along + 26 * np.sin(19 * along)
    ys = y + 46 * np.sin(23 * along) * (1 - along) - 30 * along
    draw.line([(float(a), float(b)) for a, b in zip(xs, ys, strict=True)], fill=(34, 60, 150), width=5, joint="curve")


def draw_paper(title: str, head: str, lines: tuple[str, ...], signs: tuple[str, str]) -> Image.Image:
    """A4 at 200 dpi: a head, a title, paragraphs, two places to sign, a stamp."""
    sheet = Image.new("RGB", A4_PX, (250, 249, 245))
    draw = ImageDraw.Draw(sheet)
    centre = A4_PX[0] // 2
    draw.text((centre, 190), head, font=font(40, "SemiBold"), fill=INK, anchor="mm")
    draw.line((centre - 260, 236, centre + 260, 236), fill=INK, width=3)
    draw.text((centre, 380), title, font=font(64, "Bold"), fill=INK, anchor="mm")
    y = 500
    for paragraph in lines:
        for line in wrap(paragraph, font(38), A4_PX[0] - 420):
            draw.text((220, y), line, font=font(38), fill=INK)
            y += 60
        y += 18
    y = max(y + 80, 1500)
    for text, x in zip(signs, (480, 1180), strict=True):
        draw.text((x, y), text, font=font(38, "SemiBold"), fill=INK, anchor="mm")
        signature(draw, x - 170, y + 160)
    stamp = seal(420)
    sheet.paste(stamp, (960, y + 40), stamp)
    return watermark(sheet, "MẪU", 520, 22)


AUTHORISATION = (
    draw_paper,
    (
        "GIẤY ỦY QUYỀN",
        "GIẤY TỜ MẪU ĐỂ TẬP SỬ DỤNG MÁY",
        (
            "Bên ủy quyền: Ông NGUYỄN VĂN MẪU, sinh ngày 01/01/1958, số căn cước 001058000123.",
            "Bên được ủy quyền: Bà TRẦN THỊ THỬ, sinh ngày 02/09/1990, số căn cước 019190000456.",
            "Nội dung: Bên ủy quyền giao cho bên được ủy quyền thay mặt mình nộp hồ sơ và nhận kết quả cấp "
            "bản sao trích lục hộ tịch.",
            "Thời hạn ủy quyền: 30 ngày kể từ ngày ký.",
            "Tất cả tên người, số giấy tờ và địa chỉ trên tờ giấy này đều là giả định.",
            "Làm tại Hòa Bình, ngày 16 tháng 11 năm 2026.",
        ),
        ("Bên ủy quyền", "Bên được ủy quyền"),
    ),
)
BIRTH_COPY = (
    draw_paper,
    (
        "GIẤY KHAI SINH (BẢN SAO)",
        "GIẤY TỜ MẪU ĐỂ TẬP SỬ DỤNG MÁY",
        (
            "Họ, chữ đệm, tên: NGUYỄN THỊ MẪU",
            "Ngày, tháng, năm sinh: 05/04/1985        Giới tính: Nữ",
            "Nơi sinh: Thôn Mẫu, Hòa Bình, Thường Tín",
            "Dân tộc: Kinh        Quốc tịch: Việt Nam",
            "Họ, chữ đệm, tên người cha: NGUYỄN VĂN MẪU",
            "Họ, chữ đệm, tên người mẹ: LÊ THỊ MẪU",
            "Số: 00/1985        Quyển số: 00",
            "Tất cả tên người, số và địa chỉ trên tờ giấy này đều là giả định.",
        ),
        ("Người đi khai sinh", "Người ký bản sao"),
    ),
)


def main() -> None:
    """Write everything; the sizes are chosen so that the whole folder stays below 2 MB."""
    scenes = {
        # Sorted first: a hand that is still on its way, so that the live picture is seen before a code is read.
        "00-on-the-way.jpg": before_camera(
            draw_card(CARD_2021), [(1040, 250), (2250, 190), (2300, 930), (1010, 1010)], 3
        ),
        "card-1.jpg": before_camera(draw_card(CARD_2021), [(352, 176), (1560, 150), (1586, 912), (330, 934)], 1),
        "card-2.jpg": before_camera(draw_card(CARD_2024), [(330, 150), (1552, 182), (1566, 950), (352, 908)], 2),
    }
    for name, scene in scenes.items():
        save(scene, DEMO / "cards" / name, 80)
    places: list[list[tuple[float, float]]] = [
        [(420, 200), (1490, 176), (1512, 850), (404, 868)],
        [(404, 190), (1500, 214), (1484, 880), (422, 846)],
    ]
    for number, (helper, corners) in enumerate(zip(DEMO_HELPERS, places, strict=True), 1):
        save(before_camera(draw_badge(helper.card), corners, 10 + number), DEMO / "badges" / f"badge-{number}.jpg", 80)
        (DEMO / "badges" / f"badge-{number}.txt").write_text(f"{helper.badge.text}\n", encoding="ascii")
    sheets = {"paper-1.jpg": AUTHORISATION, "paper-2.jpg": BIRTH_COPY}
    for number, (name, (draw, content)) in enumerate(sheets.items()):
        page = draw(*content).rotate(0.4, Image.Resampling.BICUBIC, fillcolor=(250, 249, 245))
        save(page.filter(ImageFilter.GaussianBlur(0.6)), DEMO / "papers" / name, 72, dpi=200)
        # Below the camera a sheet lies on its side: so it fills the picture. The kiosk turns it upright.
        lying = [(1712.0, 52.0 + 9 * number), (1684, 1034), (224, 1018 - 7 * number), (262, 36)]
        save(before_camera(draw(*content), lying, 4 + number), DEMO / "photos" / name, 80)
    save_stick(DEMO / "files")


def save_stick(folder: Path) -> None:
    """What somebody might bring on a stick: a paper as PDF, one as a photo, and a file that is of no use."""
    folder.mkdir(parents=True, exist_ok=True)
    draw_authorisation, authorisation = AUTHORISATION
    page = to_page(draw_authorisation(*authorisation), 200, 60)
    (folder / "giay-uy-quyen-mau.pdf").write_bytes(PicturePages().to_pdf([page], "Giấy ủy quyền (mẫu)"))
    draw_copy, copy = BIRTH_COPY
    save(draw_copy(*copy), folder / "khai-sinh-mau.jpg", 60, dpi=200)
    (folder / "ghi-chu.docx").write_bytes(b"PK")


def save(picture: Image.Image, path: Path, quality: int, dpi: int = 72) -> None:
    """Write a JPEG and its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.save(path, "JPEG", quality=quality, optimize=True, dpi=(dpi, dpi))


if __name__ == "__main__":
    main()
